"""Every route is declared, and opens to whom it is for and to nobody else."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.doors import Door, declared, is_refusal, routes
from tests.sign_in import sign_in

DOORS = declared()
ROUTES = dict(routes())
# Whole trees of others, behind the second factor of staff; their own permissions come on top.
FOREIGN = ("/quan-tri/", "/noi-dung/")
TRIED = [pytest.param(name, door, id=name) for name, door in DOORS.items() if name in ROUTES]
WELCOMING = [param for param in TRIED if not param.values[1].untried]
CLOSED = [param for param in TRIED if not param.values[1].audience.anonymous]


def address(name: str, door: Door, cast) -> str:
    door.prepare(cast)
    kwargs = door.kwargs(cast)
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return name if name.startswith("/") else pytest.fail(f"{name} does not take {kwargs}")


def knock(client: Client, door: Door, path: str):
    return getattr(client, door.method)(path, door.data)


def test_every_route_is_declared():
    ours = {name for name, pattern in ROUTES.items() if not pattern.startswith(FOREIGN)}
    assert not ours - DOORS.keys(), "declare them in tests/<app>/audiences.py; docs/testing.md says how"


def test_no_declaration_has_lost_its_route():
    assert not DOORS.keys() - ROUTES.keys()


@pytest.mark.parametrize(("name", "door"), CLOSED)
def test_anonymous_gets_nothing(client, cast, name, door):
    assert is_refusal(knock(client, door, address(name, door, cast)))


@pytest.mark.parametrize(("name", "door"), CLOSED)
def test_those_it_is_not_for_get_nothing(cast, name, door):
    path = address(name, door, cast)
    refused = door.audience.refused + (door.audience.refused_this_one if door.kwargs(cast) else ())
    let_in = [who for who in refused if not is_refusal(knock(sign_in(Client(), getattr(cast, who)), door, path))]
    assert not let_in


@pytest.mark.parametrize(("name", "door"), WELCOMING)
def test_those_it_is_for_get_in(client, cast, name, door):
    path = address(name, door, cast)
    welcome = [sign_in(Client(), getattr(cast, who)) for who in door.audience.welcome]
    everyone = [client, *welcome] if door.audience.anonymous else welcome
    assert not [visitor for visitor in everyone if is_refusal(knock(visitor, door, path))]


@pytest.mark.parametrize("prefix", settings.STAFF_PATHS)
def test_nothing_below_a_staff_path_opens_to_others(client, cast, prefix):
    paths = {re.sub(r"<[^>]*>|\(.*?\)|[\^$?\\]", "1", pattern) for pattern in ROUTES.values()}
    below = {path for path in paths if path.startswith(prefix)} | {prefix}
    household = sign_in(Client(), cast.head)
    operator = sign_in(Client(), cast.operator, second_factor=False)
    assert {client.get(path).status_code for path in below} == {302}
    assert {household.get(path).status_code for path in below} == {403}
    assert {operator.get(path).status_code for path in below} == {302}
