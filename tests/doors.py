"""Whom each route is for: tests/<app>/audiences.py declares DOORS, tests/architecture tries every door.

A route without a door fails the tests. ``kwargs`` makes the address from the cast, so that the stranger is sent to
something that exists; ``prepare`` runs first when the thing has to be made.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

import tests
from tests.cast import Cast

NOBODY: tuple[str, ...] = ()
PEOPLE = ("buyer", "stranger")
OTHERS = ("other_head", "other_volunteer", *PEOPLE)
OFFICERS = ("commune_officer", "province_officer", "other_province_officer")


@dataclass(frozen=True)
class Audience:
    """``welcome`` get in, ``refused`` do not, ``refused_this_one`` do not reach the one thing the address names."""

    name: str
    welcome: tuple[str, ...]
    refused: tuple[str, ...] = NOBODY
    refused_this_one: tuple[str, ...] = NOBODY
    anonymous: bool = False


PUBLIC = Audience("public", PEOPLE, anonymous=True)
SIGNED_IN = Audience("signed in", PEOPLE)
HOUSEHOLD = Audience("household", ("head",), (*PEOPLE, *OFFICERS), OTHERS)
TEAM = Audience("team", ("volunteer", "leader"), ("head", *PEOPLE, *OFFICERS), OTHERS)
LEADER = Audience("team leader", ("leader",), ("volunteer", "head", *PEOPLE, *OFFICERS), OTHERS)
HOUSEHOLD_OR_TEAM = Audience("household or its team", ("head", "volunteer"), (*PEOPLE, *OFFICERS), OTHERS)
STAFF = Audience("staff", ("province_officer", "operator"), ("head", "volunteer", *PEOPLE))
OFFICER = Audience("officer", ("province_officer",), ("head", "volunteer", *PEOPLE), ("other_province_officer",))
OPERATOR = Audience("operator", ("operator",), ("head", "volunteer", *OFFICERS, *PEOPLE))


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
