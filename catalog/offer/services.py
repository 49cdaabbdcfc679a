"""The selling side of a household comes into being with its first listing."""

from __future__ import annotations

from catalog.offer.models import Partner
from households.models import Household


def partner_of(household: Household) -> Partner:
    """The household's partner row, made when it lists for the first time."""
    partner, _is_new = Partner.objects.get_or_create(
        household=household, defaults={"name": household.name, "code": household.code.lower()}
    )
    return partner
