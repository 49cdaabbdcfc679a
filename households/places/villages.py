"""Village names: free text, but one spelling for one village of a commune."""

from __future__ import annotations

from core.name_order import name_key
from core.text import fold, nfc
from households.models import Commune, DigitalTeam, Household


def village_names(commune: Commune) -> list[str]:
    """The villages known in a commune, from its teams and households."""
    teams = DigitalTeam.objects.filter(commune=commune).exclude(village_name="")
    households = Household.objects.filter(commune=commune)
    names = teams.order_by().values_list("village_name").union(households.order_by().values_list("village_name"))
    return sorted((name for (name,) in names), key=name_key)


def known_spelling(*, commune: Commune, village_name: str) -> str:
    """ "xom hong thai" as "Xóm Hồng Thái" when the commune knows that village; otherwise as typed, tidied."""
    typed = " ".join(nfc(village_name).split())
    spellings = {fold(name): name for name in village_names(commune)}
    return spellings.get(fold(typed), typed)
