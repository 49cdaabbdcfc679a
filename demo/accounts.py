"""The demo's households, opened door to door over the last months through the services that volunteers use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from accounts.models import User
from catalog.models import Portrait
from catalog.photos.portraits import set_portrait
from core.periods import vietnam_date
from demo.people import serving, team_of
from demo.pictures import painted
from demo.rows import key, rows
from demo.visits import visit
from households.access import Acting
from households.models import Commune, Household, Mandate
from households.services import confirm_phone, edit_household, register_household
from onboarding.selectors import current_consent_text
from onboarding.services import consent_signed_in

MONTHS_BACK = 7


def load_households(*, now: datetime) -> None:
    """One household every nine days; those in a team's territory are visited by it, the others register alone."""
    for number, row in enumerate(rows("households")):
        opened = now - timedelta(days=MONTHS_BACK * 30 - number * 9)
        if _is_complete(row):
            pass  # its pictures may still be missing
        elif row["team"]:
            visit(row=row, team=team_of(row["team"]), volunteer=serving("volunteer", row["team"]), now=opened)
        else:
            _register_alone(row, opened)
        _show_itself(row["key"], opened + timedelta(minutes=30))


def _show_itself(name: str, now: datetime) -> None:
    """The household puts its face and its land on the storefront."""
    household = household_of(name)
    acting, shown = Acting(head_of(household), household), household.portraits.values_list("portrait", flat=True)
    for portrait, ending in ((Portrait.FACE, "nguoi"), (Portrait.LAND, "dat")):
        if portrait not in shown:
            set_portrait(acting=acting, portrait=portrait, upload=painted(f"{name}-{ending}"), now=now)


def _is_complete(row: dict[str, str]) -> bool:
    """Whether the household of this row was loaded to its end: its storefront's words are written last."""
    done = Household.objects.filter(key=str(key("household", row["key"])), story=row["story"])
    return (
        done.filter(Exists(Mandate.objects.filter(household=OuterRef("pk")))).exists() if row["team"] else done.exists()
    )


def household_of(name: str) -> Household:
    """The demo's household with this key in households.csv."""
    return Household.objects.select_related("commune", "head__user").get(key=str(key("household", name)))


def head_of(household: Household) -> User:
    """Its head's user; the demo confirmed every phone."""
    assert household.head is not None
    assert household.head.user is not None
    return household.head.user


def _register_alone(row: dict[str, str], opened: datetime) -> None:
    """A household far from any team, registered by the commune's people; it consents and runs its storefront itself."""
    household = register_household(
        key=str(key("household", row["key"])),
        name=row["name"],
        phone=row["phone"],
        head_name=row["head"],
        commune=Commune.objects.get(code=row["commune_code"]),
        village_name=row["village_name"],
        actor=None,
        now=opened,
    )
    household = confirm_phone(household=household, now=opened)
    head = head_of(household_of(row["key"]))
    text = current_consent_text("vi", vietnam_date(opened))
    consent_signed_in(household=household, text=text, actor=head, now=opened)
    acting = Acting(head, household)
    edit_household(
        acting=acting,
        version=household.version,
        name=row["name"],
        story=row["story"],
        now=opened + timedelta(minutes=20),
    )
