"""The routes of Wagtail's editor and of Django's admin are declared too, and tried by GET and POST."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, path, reverse

from tests.content.real_things import address, real_things
from tests.content.routes_of_others import ANY_STAFF, EDITORS, NOBODY, OPERATORS, names_of
from tests.crowd import gather
from tests.doors import is_refusal, routes

TREES = ("/quan-tri/", "/noi-dung/")
GROUPS = {"editors": EDITORS, "operators": OPERATORS, "nobody": NOBODY, "any staff": ANY_STAFF}
#: who of staff with a second factor must be refused there
REFUSED = {
    "editors": ("province_officer",),
    "operators": ("province_officer", "editor"),
    "nobody": ("province_officer", "editor", "operator"),
}


def routes_of_others() -> list[tuple[str, str]]:
    return [(name, pattern) for name, pattern in routes() if pattern.startswith(TREES)]


def undeclared(found: list[tuple[str, str]]) -> set[str]:
    return {name for name, _pattern in found} - set().union(*map(names_of, GROUPS.values()))


def test_every_route_of_others_is_declared():
    assert not undeclared(routes_of_others()), "say in tests/content/routes_of_others.py who may open them"


def test_each_is_declared_once_and_exists():
    declared = [name for group in GROUPS.values() for name in names_of(group)]
    assert len(declared) == len(set(declared))
    assert not set(declared) - {name for name, _pattern in routes_of_others()}


def test_a_new_view_of_the_editor_is_noticed():
    from wagtail.admin import urls

    def show(request: Any) -> HttpResponse:
        return HttpResponse("everybody's figures")

    before = undeclared(routes_of_others())
    added: list[URLPattern] = [path("figures/", show, name="figures_of_everybody")]
    urls.urlpatterns[:0] = added
    try:
        assert undeclared(routes_of_others()) - before == {"figures_of_everybody"}
    finally:
        del urls.urlpatterns[: len(added)]


@pytest.fixture
def things(cast, now) -> dict[str, Any]:
    return real_things(cast, now)


def is_turned_away(answer: HttpResponse) -> bool:
    """Wagtail and Django's admin send whom they refuse to their first page, with a word about it."""
    home = answer.status_code == 302 and answer["Location"].split("?")[0] in (*TREES, "/noi-dung/login/")
    return home or is_refusal(answer) or answer.status_code == 405


@pytest.mark.parametrize("group", REFUSED)
def test_staff_without_the_permission_get_nothing(cast, things, group):
    people = gather(cast).clients(*REFUSED[group])
    let_in, tried = [], 0
    for name, pattern in routes_of_others():
        where = name in names_of(GROUPS[group]) and address(name, pattern, things)
        for who, client in people.items() if where else ():
            tried += 1
            for method in ("get", "post"):
                with transaction.atomic():
                    if not is_turned_away(getattr(client, method)(where)):
                        let_in.append((name, who, method))
                    transaction.set_rollback(True)
    assert tried
    assert not let_in


def test_those_with_the_permission_get_in(cast, things):
    clients = gather(cast).clients("editor", "operator")
    for who, name in (
        ("editor", "wagtailadmin_home"),
        ("editor", "wagtailimages:index"),
        ("operator", "wagtaildocs:index"),
        ("operator", "admin:messaging_outgoingmessage_changelist"),
        ("operator", "admin:search_synonymrule_changelist"),
    ):
        assert clients[who].get(reverse(name)).status_code == 200
    edited = address("wagtailadmin_pages:edit", "<int:page_id>", things)
    assert clients["editor"].get(edited).status_code == 200


def test_visitors_and_people_without_staff_pages_are_stopped_before_all_of_them(cast):
    """By one middleware, whatever the view is: test_routes_are_guarded.py tries every pattern by GET, here by POST."""
    clients = {"anonymous": Client(), **gather(cast).clients("head", "volunteer", "buyer")}
    for tree in TREES:
        answers = {who: client.post(f"{tree}anything/").status_code for who, client in clients.items()}
        assert answers == {"anonymous": 302, "head": 403, "volunteer": 403, "buyer": 403}
