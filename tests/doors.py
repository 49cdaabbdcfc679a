"""Whom each route is for: tests/<app>/audiences.py declares DOORS, tests/architecture tries every door.

A route without a door fails the tests. ``kwargs`` makes the address from the cast, so that the stranger is sent to
something that exists; ``prepare`` runs first when the thing has to be made.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import tests
from tests.cast import Cast

PEOPLE = ("buyer", "stranger")
OFFICERS = ("commune_officer", "province_officer", "other_province_officer")
"""Of tests/cast.py; ``other_commune_officer``, ``other_member`` and ``editor`` join in tests/crowd.py."""
READING_OFFICERS = (*OFFICERS, "other_commune_officer")


@dataclass(frozen=True)
class Audience:
    """Who gets in. Everybody else of the crowd (tests/crowd.py) is refused, whoever he is.

    ``welcome`` are tried to get in. ``for_their_own`` get in where the address names nothing: they see what is theirs.
    ``sees_all`` are those of ``welcome`` who reach the things of both sides.
    """

    name: str
    welcome: tuple[str, ...]
    for_their_own: tuple[str, ...] = ()
    sees_all: tuple[str, ...] = ()
    anonymous: bool = False
    #: it opens to everybody who is signed in, and shows each what is his own
    everybody: bool = False

    def gets_in(self, names_something: bool) -> tuple[str, ...]:
        return self.welcome if names_something else (*self.welcome, *self.for_their_own)


PUBLIC = Audience("public", PEOPLE, anonymous=True, everybody=True)
LINK = Audience("whoever has the link", PEOPLE, anonymous=True, everybody=True)
SIGNED_IN = Audience("signed in", PEOPLE, everybody=True)
HOUSEHOLD = Audience("household", ("head",), ("other_head",))
TEAM = Audience("team", ("volunteer", "leader"), ("other_volunteer", "other_member"))
LEADER = Audience("team leader", ("leader",), ("other_volunteer",))  # who leads the other team
HOUSEHOLD_OR_TEAM = Audience("household or its team", ("head", "volunteer", "leader"))
STAFF = Audience("staff", (*READING_OFFICERS, "operator", "editor"))
OPERATOR = Audience("operator", ("operator",), sees_all=("operator",))


@dataclass(frozen=True)
class Door:
    audience: Audience
    kwargs: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    prepare: Callable[[Cast], None] = lambda cast: None
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    #: why nobody of the audience is tried, for a route that needs more than being there, such as a half-done sign-in
    untried: str = ""


def declared() -> dict[str, Door]:
    """Every app's DOORS."""
    doors: dict[str, Door] = {}
    for found in pkgutil.iter_modules(tests.__path__, "tests."):
        if found.ispkg and importlib.util.find_spec(f"{found.name}.audiences"):
            doors |= importlib.import_module(f"{found.name}.audiences").DOORS
    return doors


def routes(resolver: URLResolver | None = None, prefix: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Every route as (full name, pattern); one without a name is named by its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else here), here
        else:
            yield from routes(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)


def is_refusal(response: HttpResponse) -> bool:
    """Nothing was given: sent to a sign-in page, forbidden, or not found."""
    to_sign_in = response.status_code == 302 and response.url.startswith(("/dang-nhap/", "/tai-khoan/xac-thuc/"))
    return to_sign_in or response.status_code in (401, 403, 404)


def answered(client: Client, path: str, door: Door, **query: Any) -> dict[str, int]:
    """What ``client`` was given at ``path``, by GET and by POST: the status of each that was no refusal."""
    given = {
        "GET": client.get(path, {**door.data, **query}),
        "POST": client.post(path, door.data, query_params=query),
    }
    return {
        method: answer.status_code
        for method, answer in given.items()
        if not is_refusal(answer) and answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED
    }
