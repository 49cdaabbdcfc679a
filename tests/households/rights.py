"""Where every right begins and ends, and what each person of the cast loses there.

``move`` puts the boundary at one instant: Vietnam's midnight, which is also where a day begins or ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model

from core.periods import VIETNAM, vietnam_date
from households.models import (
    CommuneOfficer,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    ProvinceOfficer,
    Scope,
    TeamMember,
)
from tests.cast import Cast
from tests.factories.households import CommuneFactory

AT = datetime(2026, 10, 15, tzinfo=VIETNAM)
MICROSECOND = timedelta(microseconds=1)
ACTS = {f"act:{scope}" for scope in Scope}
IN_TEAM = {"serve", "help"}


@dataclass(frozen=True)
class Boundary:
    """At ``AT`` the named people gain (``begins``) or lose these rights; all their other rights stay as they are."""

    name: str
    people: dict[str, set[str]]
    move: Callable[[Cast, datetime], object]
    begins: bool = False

    def __str__(self) -> str:
        return self.name


def _every(model: type[Model], field: str) -> Callable[[Cast, datetime], object]:
    """Set the field to the instant in every row."""
    return lambda _cast, at: model._default_manager.update(**{field: at})


def _given(_cast: Cast, at: datetime) -> object:
    return Mandate.objects.update(given_at=at, holds_from=at)


def _paper_waited(_cast: Cast, at: datetime) -> object:
    return Mandate.objects.update(given_at=at - timedelta(days=3), given_how="paper", holds_from=at)


def _day_of_team(field: str) -> Callable[[Cast, datetime], object]:
    return lambda _cast, at: DigitalTeam.objects.update(**{field: vietnam_date(at)})


def _closed(cast: Cast, at: datetime) -> object:
    return Household.objects.filter(pk=cast.household.pk).update(closed_at=at)


TEAM_RIGHTS = {"volunteer": IN_TEAM | ACTS, "leader": IN_TEAM | ACTS | {"lead"}}
MANDATE_RIGHTS = {"volunteer": ACTS, "leader": ACTS}
NOT_FOR_ORDERS = ACTS - {"act:orders"}
HELD: dict[str, set[str]] = {
    "head": {"own"} | ACTS,
    **TEAM_RIGHTS,
    "commune_officer": {"commune"},
    "province_officer": {"province"},
    "other_volunteer": set(),
    "operator": set(),
    "buyer": set(),
}
BOUNDARIES = (
    Boundary("member of a household joins", {"head": {"own"} | ACTS}, _every(HouseholdMember, "joined_at"), True),
    Boundary("member of a household leaves", {"head": {"own"} | ACTS}, _every(HouseholdMember, "left_at")),
    Boundary("member of a team joins", TEAM_RIGHTS, _every(TeamMember, "joined_at"), True),
    Boundary("member of a team leaves", TEAM_RIGHTS, _every(TeamMember, "left_at")),
    Boundary("team is founded", TEAM_RIGHTS, _day_of_team("founded_date"), True),
    Boundary("team is dissolved", TEAM_RIGHTS, _day_of_team("dissolved_date")),
    Boundary("mandate is given", MANDATE_RIGHTS, _given, True),
    Boundary("wait of a mandate's paper is over", MANDATE_RIGHTS, _paper_waited, True),
    Boundary("mandate expires", MANDATE_RIGHTS, _every(Mandate, "expires_at")),
    Boundary(
        "account is closed",
        {"head": NOT_FOR_ORDERS, "volunteer": NOT_FOR_ORDERS, "leader": NOT_FOR_ORDERS},
        _closed,
    ),
    Boundary("term in a commune begins", {"commune_officer": {"commune"}}, _every(CommuneOfficer, "since"), True),
    Boundary("term in a commune ends", {"commune_officer": {"commune"}}, _every(CommuneOfficer, "until")),
    Boundary("term in a province begins", {"province_officer": {"province"}}, _every(ProvinceOfficer, "since"), True),
    Boundary("term in a province ends", {"province_officer": {"province"}}, _every(ProvinceOfficer, "until")),
)


@dataclass(frozen=True)
class Loss:
    """A change of fact that ends the rights of the named people at once, whatever the time."""

    name: str
    people: dict[str, set[str]]
    change: Callable[[Cast], object]

    def __str__(self) -> str:
        return self.name


def _moves_to_another_village(cast: Cast) -> object:
    return Household.objects.filter(pk=cast.household.pk).update(village_name="Xóm Guộc")


def _moves_to_another_commune(cast: Cast) -> object:
    return Household.objects.filter(pk=cast.household.pk).update(commune=CommuneFactory())


def _mandate(**changes: object) -> Callable[[Cast], object]:
    return lambda cast: Mandate.objects.filter(pk=cast.mandate.pk).update(**changes)


OUT_OF_TERRITORY = {"volunteer": {"help"} | ACTS, "leader": {"help"} | ACTS}
LOSSES = (
    Loss("household moves to another village", OUT_OF_TERRITORY, _moves_to_another_village),
    Loss("household moves to another commune", OUT_OF_TERRITORY, _moves_to_another_commune),
    Loss("mandate is withdrawn", MANDATE_RIGHTS, _mandate(withdrawn_at=AT)),
    Loss("mandate was withdrawn later than asked", MANDATE_RIGHTS, _mandate(withdrawn_at=AT + timedelta(days=9))),
    Loss(
        "mandate is for orders only",
        {"volunteer": NOT_FOR_ORDERS, "leader": NOT_FOR_ORDERS},
        _mandate(scopes=[Scope.ORDERS]),
    ),
    Loss("mandate is for nothing", MANDATE_RIGHTS, _mandate(scopes=[])),
    Loss(
        "leader becomes a member",
        {"leader": {"lead"}},
        lambda cast: TeamMember.objects.update(role=TeamMember.Role.MEMBER),
    ),
)
