"""Every route is declared, and opens to whom it is for and to nobody else, by GET and by POST.

What others send beside the address is tried in test_what_is_sent.py, the routes of Wagtail and of Django's admin in
test_routes_of_others.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.crowd import Crowd, gather
from tests.doors import LINK, PUBLIC, Door, answered, declared, is_refusal, routes
from tests.sign_in import sign_in

DOORS = declared()
ROUTES = dict(routes())
# Trees of others, which test_routes_of_others.py tries.
FOREIGN = ("/quan-tri/", "/noi-dung/")
TRIED = [pytest.param(name, door, id=name) for name, door in DOORS.items() if name in ROUTES]
WELCOMING = [param for param in TRIED if not param.values[1].untried]
CLOSED = [param for param in TRIED if not param.values[1].audience.anonymous]
NAMING = [param for param in TRIED if param.values[1].audience != PUBLIC]


@pytest.fixture
def crowd(cast) -> Crowd:
    return gather(cast)


def address(name: str, kwargs: dict[str, Any]) -> str:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return name if name.startswith("/") else pytest.fail(f"{name} does not take {kwargs}")


def foreign_addresses(own: dict[str, Any], foreign: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The address of something of one's own, with one or several of its parts taken from the other side."""
    naming = [part for part in own if own[part] != foreign[part]]
    for size in range(1, len(naming) + 1):
        for taken in combinations(naming, size):
            yield {**own, **{part: foreign[part] for part in taken}}


def let_in(people: dict[str, Client], name: str, door: Door, kwargs: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Who got anything there, by which method."""
    where = address(name, kwargs)
    found = {}
    for who, client in people.items():
        cache.clear()  # so that no limit of one person's requests refuses the next one's
        if given := answered(client, where, door):
            found[who] = given
    return found


def test_every_route_is_declared():
    ours = {name for name, pattern in ROUTES.items() if not pattern.startswith(FOREIGN)}
    assert not ours - DOORS.keys(), "declare them in tests/<app>/audiences.py; docs/testing.md says how"


def test_no_two_routes_of_ours_share_a_name():
    """A door is tried by its name: of two routes with one name the second would not be tried."""
    names = [name for name, pattern in routes() if not pattern.startswith(FOREIGN)]
    assert len(names) == len(set(names))


def test_no_declaration_has_lost_its_route():
    assert not DOORS.keys() - ROUTES.keys()


@pytest.mark.parametrize(("name", "door"), CLOSED)
def test_those_it_is_not_for_get_nothing(crowd, name, door):
    door.prepare(crowd.cast)
    kwargs = door.kwargs(crowd.cast)
    in_ = crowd.people if door.audience.everybody else door.audience.gets_in(bool(kwargs))
    refused = crowd.clients(*(who for who in crowd.people if who not in in_)) if len(in_) < len(crowd.people) else {}
    assert not let_in({"anonymous": Client(), **refused}, name, door, kwargs)


@pytest.mark.parametrize(("name", "door"), NAMING)
def test_an_address_with_parts_of_the_other_side_opens_to_nobody(crowd, name, door):
    """Each part that names something is taken from the other side, alone and together with others."""
    sides = []
    for side in (crowd.cast, crowd.other):
        if sides != [{}]:  # an address without parts needs no second side
            door.prepare(side)
            sides.append(door.kwargs(side))
    own, foreign = sides[0], sides[-1]
    people = crowd.clients(*door.audience.welcome)
    for kwargs in foreign_addresses(own, foreign):
        whole = all(kwargs[part] == foreign[part] for part in kwargs)
        if whole and door.audience == LINK:
            continue  # whoever has the link of the other order follows it
        trying = {who: client for who, client in people.items() if not (whole and who in door.audience.sees_all)}
        assert not let_in(trying, name, door, kwargs)


@pytest.mark.parametrize(("name", "door"), WELCOMING)
def test_those_it_is_for_get_in(crowd, name, door):
    door.prepare(crowd.cast)
    where = address(name, door.kwargs(crowd.cast))
    people = crowd.clients(*door.audience.welcome)
    if door.audience.anonymous:
        people["anonymous"] = Client()
    refused = [who for who, visitor in people.items() if is_refusal(getattr(visitor, door.method)(where, door.data))]
    assert not refused


@pytest.mark.parametrize("prefix", settings.STAFF_PATHS)
def test_nothing_below_a_staff_path_opens_to_others(client, cast, prefix):
    paths = {re.sub(r"<[^>]*>|\(.*?\)|[\^$?\\]", "1", pattern) for pattern in ROUTES.values()}
    below = {path for path in paths if path.startswith(prefix)} | {prefix}
    household = sign_in(Client(), cast.head)
    operator = sign_in(Client(), cast.operator, second_factor=False)
    assert {client.get(path).status_code for path in below} == {302}
    assert {household.get(path).status_code for path in below} == {403}
    assert {operator.get(path).status_code for path in below} == {302}
