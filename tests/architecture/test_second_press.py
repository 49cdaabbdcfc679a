"""A form that is sent twice as it stands, by a second press or a second tab, does its act once."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.apps import apps
from django.test import Client

from tests.architecture.test_unsent_forms import PAGES, address
from tests.filled_forms import Form, forms_on
from tests.sign_in import sign_in

#: What is written of every press and means nothing more: the audit, sessions, attempts, a listing to be indexed anew.
TRACES = {"core.auditentry", "core.attemptcount", "sessions.session", "search.indexchange"}
#: Pages on which each press is an act of its own.
ACTS_OF_THEIR_OWN = {"onboarding:consent": "another code is sent to the phone, and counted (core/attempts.py)"}
PRESSED = [page for page in PAGES if page.values[0] not in ACTS_OF_THEIR_OWN]


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label_lower not in TRACES
    }


def forms_of(client: Client, path: str) -> list[Form]:
    page = client.get(path)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    forms = forms_on(page.content.decode(), path)
    return [form for form in forms if form.method == "post" and not form.action.startswith(("/ngon-ngu/", "/dang-"))]


@pytest.mark.parametrize(("name", "door"), PRESSED)
def test_a_second_press_adds_no_row(cast, name, door):
    path = address(name, door, cast)
    client = sign_in(Client(), getattr(cast, door.audience.welcome[0]))
    twice = {}
    for form in forms_of(client, path):
        cookies = deepcopy(client.cookies)
        client.post(form.action, form.filled())
        once, client.cookies = rows(), cookies
        client.post(form.action, form.filled())
        if added := {label for label, count in rows().items() if count != once[label]}:
            twice[form.action] = added
    assert not twice
