"""What was typed into any form of any declared route comes back after signing in, to its person alone."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.unsent_forms import SECRET_NAME
from tests.doors import Door, declared, is_refusal, routes
from tests.filled_forms import Form, forms_on
from tests.sign_in import sign_in

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
DOORS = declared()
PAGES = [
    pytest.param(name, door, id=name)
    for name, door in DOORS.items()
    if name in dict(routes()) and not door.untried and not name.startswith(("account_", "mfa_", "wagtail"))
]


def address(name: str, door: Door, cast: Any) -> str:
    door.prepare(cast)
    try:
        return reverse(name, kwargs=door.kwargs(cast))
    except NoReverseMatch:
        return name


def typed_forms(client: Client, path: str) -> list[Form]:
    """The forms of the page that are sent by POST and leave something to write or to choose."""
    page = client.get(path)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    forms = forms_on(page.content.decode(), path)
    own = [form for form in forms if form.method == "post" and not form.action.startswith(("/ngon-ngu/", "/dang-"))]
    return [form for form in own if any(field.is_written or field.choices for field in form.fields.values())]


def end_session(client: Client) -> None:
    client.session.delete()
    del client.cookies[settings.SESSION_COOKIE_NAME]


def missing(page: Any, form: Form, typed: dict[str, list[str]]) -> list[str]:
    """The names of what was typed and does not stand in the form of the page that has most of it."""
    lacking = [
        [
            name
            for name, field in form.fields.items()
            if (field.is_written or field.choices)
            and not SECRET_NAME.search(name)
            and typed.get(name, []) != _standing(again, name)
        ]
        for again in forms_on(page.content.decode(), page.request["PATH_INFO"])
        if again.method == "post" and urlsplit(again.action).path == urlsplit(form.action).path
    ]
    return min(lacking, key=len, default=["the form"])


def _standing(form: Form, name: str) -> list[str]:
    return form.fields[name].values if name in form.fields else []


@pytest.mark.parametrize(("name", "door"), PAGES)
def test_what_was_typed_comes_back_after_signing_in(cast, name, door):
    path = address(name, door, cast)
    person = getattr(cast, door.audience.welcome[0])
    client = sign_in(Client(), person)
    for form in typed_forms(client, path):
        typed = form.filled()
        end_session(client)
        refused = client.post(form.action, typed, HTTP_REFERER=f"http://testserver{path}", **ORIGIN)
        if not is_refusal(refused):
            assert door.audience.anonymous, f"{form.action} took the form of nobody"
            sign_in(client, person)
            continue
        assert refused.status_code == 302, f"{form.action} does not ask to sign in"
        back = parse_qs(urlsplit(refused.url).query)["next"][0]
        another = Client()
        another.cookies = deepcopy(client.cookies)
        page = sign_in(client, person).get(back)
        assert page.status_code == 200, back
        assert not missing(page, form, typed), form.action
        assert "Nội dung này chưa được lưu" in page.content.decode()
        assert sign_in(another, cast.stranger).get(back).status_code == 302


@pytest.mark.parametrize(("name", "door"), PAGES)
def test_what_was_typed_comes_back_after_a_form_token_that_is_too_old(cast, name, door):
    path = address(name, door, cast)
    roles = door.audience.welcome[:1] if not door.audience.anonymous else ("", door.audience.welcome[0])
    for role in roles:
        client = Client(enforce_csrf_checks=True)
        if role:
            sign_in(client, getattr(cast, role))
        for form in typed_forms(client, path):
            typed = form.filled() | {"csrfmiddlewaretoken": ["too old"]}
            refused = client.post(form.action, typed, HTTP_REFERER=f"http://testserver{path}", **ORIGIN)
            assert refused.status_code == 403
            [unsent] = client.session["unsent_forms"][-1:]
            assert refused.content.decode().count(f"chua-gui={unsent['token']}") == 1
            page = client.get(f"{unsent['page']}{'&' if '?' in unsent['page'] else '?'}chua-gui={unsent['token']}")
            assert not missing(page, form, typed), form.action
