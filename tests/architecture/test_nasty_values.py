"""No address, query or form breaks a page: every route takes every nasty value in each of its parameters.

The parameters are not listed here. A first request records which names the view asks for, and the forms of the pages
give those of the rest; so a new route and a new parameter are tried without being declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from catalog.models import Category
from tests.as_postgresql import as_strict_as_postgresql
from tests.doors import Door, declared, routes
from tests.factories.orders import make_listing
from tests.filled_forms import forms_on
from tests.sign_in import sign_in

NASTY: dict[str, str | bytes] = {
    "thirty nines": "9" * 30,
    "five thousand digits": "9" * 5000,
    "beyond four bytes": str(2**31),
    "below nothing": "-1",
    "a digit that is no number": "²",
    "not a number": "NaN",
    "a day that is none": "2026-13-45",
    "a word of 3000 letters": "ư" * 3000,
    "a lone surrogate": b"\xed\xa0\x80",
    "a zero byte": "a\x00b",
    "two lines": "a\r\nb",
}
#: In forms those that the kinds of fields read differently; addresses get all of them.
IN_FORMS = ("five thousand digits", "beyond four bytes", "a digit that is no number", "a word of 3000 letters")
IN_FORMS += ("a day that is none", "a zero byte", "two lines")
ON_EVERY_PAGE = {"q"}  # read by the search box in the header of every page; tried on the pages of the search
DOORS = declared()
PATTERNS = dict(routes())
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
TRIED = [pytest.param(name, door, id=name) for name, door in DOORS.items() if name in PATTERNS]


@pytest.fixture(autouse=True)
def _as_postgresql():
    with as_strict_as_postgresql():
        yield


@pytest.mark.parametrize(("name", "door"), TRIED)
def test_no_value_breaks_a_route(cast, name, door):
    """The first whom the route welcomes tries each value in each parameter; each other one tries it in all at once."""
    door.prepare(cast)
    roles = [who for who in door.audience.welcome if hasattr(cast, who)] + ["anonymous"] * door.audience.anonymous
    broken = [
        f"{who}: {said}"
        for number, who in enumerate(roles)
        for said in _faults(Visitor(cast, who), name, door, cast, at_once=number > 0)
    ]
    assert not broken


@pytest.mark.parametrize(("name", "door"), TRIED)
def test_a_deleted_category_breaks_no_page(cast, name, door):
    make_listing(cast.household)
    door.prepare(cast)
    path = _address(name, door, cast)
    Category.objects.all().delete()
    broken = [
        said
        for who in ("anonymous", *(who for who in door.audience.welcome if hasattr(cast, who)))
        for said in _answers(Visitor(cast, who).send("GET", path), f"{who}: {path}")
    ]
    assert not broken


class Visitor:
    """One person's browser. What a request changed in the database is taken back, and its cookies too."""

    def __init__(self, cast: Any, who: str) -> None:
        self.client = Client(raise_request_exception=False)
        if who != "anonymous":
            sign_in(self.client, getattr(cast, who))

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        cookies = deepcopy(self.client.cookies)
        cache.clear()
        with transaction.atomic():
            response = self.client.generic(method, path, body or "", **more)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return response

    def post(self, path: str, fields: dict[str, list[str | bytes]]) -> Any:
        return self.send("POST", path, _encoded(fields), content_type="application/x-www-form-urlencoded")


def _encoded(fields: dict[str, list[str | bytes]]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, values in fields.items() for value in values)


def _quoted(value: str | bytes) -> str:
    return quote_from_bytes(value, safe="") if isinstance(value, bytes) else quote(value, safe="")


def _faults(visitor: Visitor, name: str, door: Door, cast: Any, *, at_once: bool) -> Iterator[str]:
    path = _address(name, door, cast)
    yield from _broken("path", _nasty_paths(PATTERNS[name], door.kwargs(cast), at_once), partial(visitor.send, "GET"))
    with names_asked() as asked:
        page = visitor.send("GET", path)
        visitor.post(path, {})
    yield from _answers(page, path)
    asked -= ON_EVERY_PAGE if not name.startswith("search:") else set()
    queries = (
        (f"?{names}", f"{path}?{_encoded({key: [value] for key in names})}")
        for names in _taken(asked, at_once)
        for value in NASTY.values()
    )
    yield from _broken("query", queries, partial(visitor.send, "GET"))
    bodies = [(path, {one: ["1"] for one in asked})]
    if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
        forms = forms_on(page.content.decode(), path)
        bodies += [(form.action, form.filled()) for form in forms if form.method == "post" and _is_ours(form.action)]
    for action, fields in bodies:
        with names_asked() as asked:
            yield from _answers(visitor.post(action, fields), f"{action} {fields}")
        for names in _taken(asked | fields.keys(), at_once):
            for what in IN_FORMS:
                sent = visitor.post(action, fields | {key: [NASTY[what]] for key in names})
                yield from _answers(sent, f"POST {action} {names}: {what}")


def _taken(names: Iterable[str], at_once: bool) -> list[tuple[str, ...]]:
    """The names that take a value together: all of them, or each alone."""
    found = sorted(names)
    return ([tuple(found)] if found else []) if at_once else [(one,) for one in found]


def _broken(where: str, addresses: Iterable[tuple[str, str]], get: Any) -> Iterator[str]:
    for what, address in addresses:
        yield from _answers(get(address), f"{where} {what}: {address[:120]}")


def _answers(response: Any, asked: str) -> Iterator[str]:
    if response.status_code >= 500:
        yield f"{asked} → {response.status_code} {response.exc_info and repr(response.exc_info[1])[:200]}"


def _address(name: str, door: Door, cast: Any) -> str:
    try:
        return reverse(name, kwargs=door.kwargs(cast))
    except NoReverseMatch:
        return name


def _nasty_paths(pattern: str, good: dict[str, Any], at_once: bool) -> Iterator[tuple[str, str]]:
    for names in _taken(PARAMETER.findall(pattern), at_once):
        for what, value in NASTY.items():

            def fill(found: re.Match[str], names: tuple[str, ...] = names, value: str | bytes = value) -> str:
                return _quoted(value if found[1] in names else str(good[found[1]]))

            yield f"{names}, {what}", PARAMETER.sub(fill, pattern)


def _is_ours(action: str) -> bool:
    try:
        return bool(resolve(action.partition("?")[0]))
    except Resolver404:
        return False


@contextmanager
def names_asked() -> Iterator[set[str]]:
    """The names that are looked for in any query or form meanwhile."""
    asked: set[str] = set()

    def recording(read: Any) -> Any:
        def recorded(self: QueryDict, name: str, *rest: Any) -> Any:
            asked.add(name)
            return read(self, name, *rest)

        return recorded

    with pytest.MonkeyPatch.context() as patch:
        for reader in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(QueryDict, reader, recording(getattr(QueryDict, reader)))
        yield asked
    asked.discard("csrfmiddlewaretoken")
