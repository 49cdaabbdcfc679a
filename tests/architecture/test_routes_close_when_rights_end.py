"""Every route lets a person in until the right behind it ends, and not from that instant on.

The selectors have their own tables (tests/households/test_boundaries.py); here the same ends are tried at every route
that is for a household, a team, a leader, an officer, through HTTP and as the person concerned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from households.models import Mandate, Scope
from tests.cast import Cast
from tests.catalog.listing.audiences import CHECKER
from tests.doors import HOUSEHOLD, HOUSEHOLD_OR_TEAM, LEADER, TEAM, Audience, Door, declared, is_refusal
from tests.households.rights import AT, BOUNDARIES, LOSSES, MICROSECOND
from tests.reporting.audiences import READERS, WHO_ASKED
from tests.sign_in import sign_in

OFFICERS = ("commune_officer", "province_officer")
OF_MEMBERS = (HOUSEHOLD, HOUSEHOLD_OR_TEAM, CHECKER)
OF_TEAMS = (TEAM, LEADER, HOUSEHOLD_OR_TEAM, CHECKER, READERS)
UNDER_A_MANDATE = (HOUSEHOLD_OR_TEAM, CHECKER)
MOVE = {boundary.name: boundary.move for boundary in BOUNDARIES}
CHANGE = {loss.name: loss.change for loss in LOSSES}


@dataclass(frozen=True)
class End:
    """From ``AT`` on these people no longer pass the routes of these audiences."""

    name: str
    people: tuple[str, ...]
    audiences: tuple[Audience, ...]
    #: only routes whose address names the household itself, beside those that need a mandate
    names_household: bool = False

    def closes(self, door: Door, kwargs: dict) -> bool:
        if self.names_household and door.audience is TEAM and "code" not in kwargs:
            return False
        return door.audience in self.audiences

    def bring_about(self, cast: Cast) -> None:
        if self.name in MOVE:
            MOVE[self.name](cast, AT)
        else:
            CHANGE[self.name](cast)


TEAMMATES = ("volunteer", "leader")
ENDS = (
    End("member of a household leaves", ("head",), OF_MEMBERS),
    End("member of a team leaves", TEAMMATES, OF_TEAMS),
    End("team is dissolved", TEAMMATES, OF_TEAMS),
    End("leader becomes a member", ("leader",), (LEADER, CHECKER, READERS)),
    End("mandate expires", TEAMMATES, UNDER_A_MANDATE),
    End("mandate is withdrawn", TEAMMATES, UNDER_A_MANDATE),
    End("mandate is for nothing", TEAMMATES, UNDER_A_MANDATE),
    End("household moves to another village", TEAMMATES, (*UNDER_A_MANDATE, TEAM), names_household=True),
    End("household moves to another commune", TEAMMATES, (*UNDER_A_MANDATE, TEAM), names_household=True),
    End("term in a commune ends", ("commune_officer",), (READERS, WHO_ASKED)),
    End("term in a province ends", ("province_officer",), (READERS, WHO_ASKED)),
)
AUDIENCES = {audience for end in ENDS for audience in end.audiences}
ROUTES = [
    pytest.param(name, door, id=name)
    for name, door in declared().items()
    if door.audience in AUDIENCES and not door.untried
]


def gets_in(who: str, cast: Cast, knock: Callable[[Client], object]) -> bool:
    return not is_refusal(knock(sign_in(Client(), getattr(cast, who))))


@pytest.mark.parametrize(("name", "door"), ROUTES)
def test_route_closes_at_the_end_of_the_right(cast, time_machine, name, door):
    time_machine.move_to(AT - timedelta(hours=1), tick=False)
    door.prepare(cast)
    kwargs = door.kwargs(cast)
    path = reverse(name, kwargs=kwargs)

    def knock(client: Client) -> object:
        return getattr(client, door.method)(path, door.data)

    wrong, tried = [], 0
    for end in ENDS:
        concerned = [who for who in end.people if who in door.audience.welcome]
        if not concerned or not end.closes(door, kwargs):
            continue
        tried += 1
        for instant, let_in in ((AT - MICROSECOND, True), (AT, False)):
            if let_in and end.name in CHANGE:
                continue  # it ends at once, whatever the time
            with transaction.atomic():
                end.bring_about(cast)
                time_machine.move_to(instant, tick=False)
                if gets_in(concerned[0], cast, knock) != let_in:
                    wrong.append((end.name, concerned[0], str(instant)))
                transaction.set_rollback(True)
    assert tried
    assert not wrong


@pytest.mark.parametrize(
    ("route", "scope"), [("listing:overview", Scope.LISTING), ("household_orders:detail", Scope.ORDERS)]
)
@pytest.mark.parametrize("given", Scope)
def test_mandate_opens_the_pages_of_its_scope_alone(cast, time_machine, route, scope, given):
    time_machine.move_to(AT, tick=False)
    path = reverse(route, kwargs=declared()[route].kwargs(cast))
    Mandate.objects.update(scopes=[given])
    assert gets_in("volunteer", cast, lambda client: client.get(path)) == (given == scope)


def test_lists_hold_what_the_pages_open_and_nothing_else(cast, time_machine):
    """What a team sees in its lists of listings and of orders goes with the household that moved away."""
    time_machine.move_to(AT, tick=False)
    doors = declared()
    title = "Chè Tân Cương loại một"
    doors["listing:overview"].kwargs(cast)
    number = doors["household_orders:detail"].kwargs(cast)["number"]
    pages = {"listing:mine": title, "household_orders:list": number}

    def shown() -> set[str]:
        client = sign_in(Client(), cast.volunteer)
        return {name for name, words in pages.items() if words in client.get(reverse(name)).content.decode()}

    assert shown() == set(pages)
    CHANGE["household moves to another village"](cast)
    assert shown() == set()
