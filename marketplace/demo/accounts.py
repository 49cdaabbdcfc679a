"""The demo's households, opened door to door over the last months through the services that volunteers use."""

from __future__ import annotations

from datetime import datetime, timedelta

from households.access import Acting
from households.models import Commune, Household, Scope
from households.models.mandate import GivenBy
from households.services import confirm_phone, edit_household, give_mandate, register_household
from marketplace.accounts.models import User
from marketplace.demo.people import team_of, user_of
from marketplace.demo.rows import key, rows

MONTHS_BACK = 7


def load_households(*, now: datetime) -> None:
    """One household every nine days; those in a team's care give it a mandate."""
    for number, row in enumerate(rows("households")):
        opened = now - timedelta(days=MONTHS_BACK * 30 - number * 9)
        if not Household.objects.filter(key=str(key("household", row["key"])), story=row["story"]).exists():
            _open(row, opened)


def household_of(name: str) -> Household:
    """The demo's household with this key in households.csv."""
    return Household.objects.select_related("commune", "head__user").get(key=str(key("household", name)))


def head_of(household: Household) -> User:
    """Its head's user; the demo confirmed every phone."""
    assert household.head is not None
    assert household.head.user is not None
    return household.head.user


def _open(row: dict[str, str], opened: datetime) -> None:
    team = team_of(row["team"]) if row["team"] else None
    volunteer = user_of(_volunteer(row["team"])) if row["team"] else None
    household = register_household(
        key=str(key("household", row["key"])),
        name=row["name"],
        phone=row["phone"],
        head_name=row["head"],
        commune=Commune.objects.get(code=row["commune_code"]),
        village_name=row["village_name"],
        actor=volunteer,
        now=opened,
        team=team,
    )
    confirm_phone(household=household, now=opened, actor=volunteer)
    household = household_of(row["key"])
    if team and volunteer:
        give_mandate(
            household=household,
            team=team,
            scopes=list(Scope),
            given_how=GivenBy.CODE,
            recorded_by=volunteer,
            now=opened,
        )
    edit_household(
        acting=Acting(volunteer or head_of(household), household, team),
        version=household.version,
        name=row["name"],
        story=row["story"],
        now=opened + timedelta(minutes=20),
    )


def _volunteer(team: str) -> str:
    return "volunteer" if team == "tan-cuong" else f"volunteer-{team}"
