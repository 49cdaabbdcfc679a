"""Whatever names something in a query or a body is declared, and names nothing of another's (tests/sent.py)."""

from __future__ import annotations

import ast

import pytest
from django import forms
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.architecture.source import trees
from tests.crowd import Crowd, gather
from tests.doors import declared
from tests.sent import Sent, belongings, declared_sent, form_classes, may_name_a_row, read_names

SENT = declared_sent()
DOORS = declared()
PACKAGES = (
    *("accounts", "catalog", "content", "core", "households", "marketplace", "messaging", "onboarding", "operations"),
    *("reporting", "search", "shop"),
)
TRIED = [
    pytest.param(name, sent, route, id=f"{app}:{name} at {route}")
    for (app, name), sent in SENT.items()
    for route in sent.routes
]


def undeclared(package: str) -> dict[str, str]:
    """Names that the package takes from visitors and nobody has declared, and where they are read."""
    found = {}
    for path, tree in trees().items():
        if path.startswith(f"{package}/"):
            found |= {name: path for name in read_names(tree) if (package, name) not in SENT}
    for form in form_classes(package):
        for name, field in form.base_fields.items():
            if may_name_a_row(name, field) and (package, name) not in SENT:
                found[name] = f"{form.__module__}.{form.__name__}"
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_that_may_be_sent_is_declared(package):
    assert not undeclared(package), "declare them in SENT of tests/<app>/audiences.py; tests/sent.py says how"


def test_what_names_something_of_somebody_is_tried_somewhere():
    assert not [key for key, sent in SENT.items() if (sent.of is None) != (not sent.routes)]


def secrets_of(crowd: Crowd) -> list[str]:
    """Words by which a page would give the other side away."""
    other = crowd.other
    return [other.household.name, other.household.code, other.head.full_name, other.team.name, other.household.phone]


@pytest.fixture
def crowd(cast) -> Crowd:
    return gather(cast)


@pytest.mark.parametrize(("name", "sent", "route"), TRIED)
def test_a_foreign_name_shows_nothing_and_changes_nothing(crowd, name: str, sent: Sent, route: str):
    """By everybody for whom the page is, as a query, as a body, and as both."""
    assert sent.of is not None
    door = DOORS[route]
    door.prepare(crowd.cast)
    where = reverse(route, kwargs=door.kwargs(crowd.cast))
    foreign = {name: sent.of(crowd.other)}
    if name in sent.typed(crowd.cast):
        pytest.fail("what is tried must not stand among what else is typed")
    before = belongings(crowd.other)
    ours = [who for who in door.audience.welcome if who not in door.audience.sees_all and not who.startswith("other")]
    people = crowd.clients(*ours)
    if door.audience.anonymous:
        people["anonymous"] = Client()
    for who, client in people.items():
        typed = sent.typed(crowd.cast)
        for answer in (
            client.get(where, {**typed, **foreign}, follow=True),
            client.post(where, {**typed, **foreign}, follow=True),
            client.post(where, {**typed, **foreign}, query_params=foreign, follow=True),
        ):
            cache.clear()
            page = "" if answer.streaming else answer.content.decode()
            told = [word for word in secrets_of(crowd) if word in page and word not in str(foreign)]
            assert not told, (who, answer.request["REQUEST_METHOD"])
    after = belongings(crowd.other)
    assert {row: after.get(row) for row in before if after.get(row) != before[row]} == {}
    assert not after.keys() - before.keys(), "a row of the visitor's hangs on the other side"


READS = """
def forget(request):
    Product.objects.get(pk=request.POST["listing"])
    request.GET.get("household", ""), request.POST.getlist("photos_of"), "team" in request.POST
"""


def test_reads_of_any_form_are_found():
    assert set(read_names(ast.parse(READS))) == {"listing", "household", "photos_of", "team"}
    assert set(read_names(ast.parse("ReasonForm(request.POST or None)"))) == set()
    assert set(read_names(ast.parse("sent = request.POST\nProduct.objects.get(pk=sent['pk'])"))) == {"*"}


@pytest.mark.parametrize(
    ("name", "field", "may"),
    [
        ("household", forms.CharField(), True),
        ("code", forms.CharField(), True),
        ("story", forms.CharField(), False),
        ("version", forms.IntegerField(widget=forms.HiddenInput), True),
        ("photo", forms.UUIDField(), True),
        ("kind", forms.ChoiceField(choices=[("a", "A")]), False),
        ("team", forms.ChoiceField(), True),
    ],
)
def test_fields_that_may_name_a_row_are_told_from_words(name, field, may):
    assert may_name_a_row(name, field) == may
