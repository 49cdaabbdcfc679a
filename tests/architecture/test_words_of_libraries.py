"""What Oscar, Django and others say on our pages is Vietnamese, also what an update of them adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path

import allauth
import django
import oscar
import pytest
import taggit
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.cache import cache as site_cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import trans_real

from tests.crowd import gather
from tests.doors import declared, routes
from tests.unheard import CONTEXT, unheard

OSCAR = Path(oscar.__file__).parent
DASHBOARD = re.compile(r"(apps|templates/oscar)/dashboard/")
FORMS = {
    Path(django.__file__).parent / "conf": re.compile(
        r"core/|forms/|utils/(ipv6|timesince|text|dateformat|dates)|db/models/(constraints|fields)"
    ),
    Path(django.__file__).parent / "contrib" / "auth": re.compile(
        r"contrib/auth/(forms|password_validation|validators)"
    ),
    Path(allauth.__file__).parent: re.compile(r"(account|core|mfa)/(?!apps|models).*\.py|decorators\.py"),
    Path(taggit.__file__).parent: re.compile(r"(forms|managers|models|utils)\.py"),
}
"""The parts whose words stand on forms, by the folder of their catalogue."""

SAME = {
    *("…", f"String to return when truncating text{CONTEXT}%(truncated_text)s…", "IPv4", "IPv6"),
    "[String to return when truncating text] %(truncated_text)s…",  # as unheard() writes a context
    *("Tiếng Việt", "Tiếng Anh"),  # a language's name in itself, which Django looks up once more
}
KINDS_OF_COLUMNS = re.compile(
    r"String \(unlimited\)|Duration|Positive big integer|Universally unique identifier|A JSON object|"
    r"%\(from\)s-%\(to\)s.*"
)
"""Django names them for its own documentation pages alone, which are not installed."""


def lacking(catalogue: Path, said_here: re.Pattern[str], *, but: re.Pattern[str] | None = None) -> set[str]:
    """The msgids of ``catalogue`` without Vietnamese that a file says whose path matches, and none of ``but``."""
    known = trans_real.translation("vi")._catalog
    with (catalogue / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as text:
        entries = [entry for entry in read_po(text) if entry.id]
    return {
        key
        for entry in entries
        if (key := key_of(entry)) not in known
        and (key, 0) not in known
        and any(said_here.match(path) and not (but and but.match(path)) for path in files_of(entry))
    }


def key_of(entry: Message) -> str:
    words = entry.id if isinstance(entry.id, str) else entry.id[0]
    return f"{entry.context}{CONTEXT}{words}" if entry.context else words


def files_of(entry: Message) -> list[str]:
    """Where it is said. Oscar's catalogue leaves that out for its newest words, so that Oscar is searched for them."""
    words = " ".join((entry.id if isinstance(entry.id, str) else entry.id[0]).split())
    said = {f'"{words}"', f"'{words}'", f"%}}{words}", f"%}} {words}"}
    return [path for path, _line in entry.locations] or [
        path for path, text in oscars_texts().items() if any(form in text for form in said)
    ]


@cache
def oscars_texts() -> dict[str, str]:
    """Its code and its templates by their paths, with single blanks."""
    paths = (*OSCAR.rglob("*.py"), *OSCAR.rglob("templates/**/*.*"))
    return {str(path.relative_to(OSCAR)): " ".join(path.read_text("utf-8").split()) for path in paths}


def test_no_route_leads_to_oscars_dashboard():
    """So what only the dashboard says needs no Vietnamese."""
    views = [getattr(pattern.callback, "view_class", pattern.callback) for pattern in all_patterns(get_resolver())]
    modules = {base.__module__ for view in views for base in getattr(view, "__mro__", (view,))}
    assert len(modules) > 50
    assert not [module for module in modules if module.startswith("oscar.apps.dashboard")]


def all_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry)
        else:
            yield entry


def test_what_oscar_says_outside_its_dashboard_is_vietnamese():
    assert lacking(OSCAR, re.compile(""), but=DASHBOARD) == set(), "write it into locale/vi"


@pytest.mark.parametrize("catalogue", FORMS, ids=lambda path: path.name)
def test_what_others_say_on_forms_is_vietnamese(catalogue):
    missing = {key for key in lacking(catalogue, FORMS[catalogue]) if not KINDS_OF_COLUMNS.fullmatch(key)}
    assert missing - SAME == set(), "write it into locale/vi"


def test_nothing_is_asked_for_in_vain_on_any_page_of_ours(cast):
    """Whoever says it: each declared page by GET, and by a POST that says nothing, so that its errors show."""
    clients = gather(cast).clients()
    names = {name for name, _pattern in routes()}
    asked: dict[str, set[str]] = {}
    for name, door in declared().items():
        if name in names and not door.untried:
            with transaction.atomic():
                site_cache.clear()
                door.prepare(cast)
                with unheard() as said:
                    where = name if name.startswith("/") else reverse(name, kwargs=door.kwargs(cast))
                    client = clients[door.audience.welcome[0]]
                    shown = {client.get(where, door.data).status_code, client.post(where).status_code}
                assert HTTPStatus.INTERNAL_SERVER_ERROR not in shown
                asked |= {name: said - SAME} if said - SAME else {}
                transaction.set_rollback(True)
    assert asked == {}
