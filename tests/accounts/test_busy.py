"""A database that stays busy to the last try costs a reader a press, and nothing that was typed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from core import transactions
from core.failures import RETRY_AFTER_SECONDS
from tests.accessibility import problems
from tests.filled_forms import forms_on
from tests.sign_in import sign_in

HERE = {"HTTP_ORIGIN": "http://testserver"}
STORY = 'Nhà tôi trồng chè\r\nđã "ba" đời <và> hơn.'


class Locked(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_BUSY


@pytest.fixture
def tries(monkeypatch) -> list[str]:
    """Which services were tried, while the database has no turn for any."""
    tried: list[str] = []

    def refuse(service: Callable[..., Any], *arguments: Any, **named: Any):
        tried.append(service.__name__)
        raise OperationalError from Locked()

    monkeypatch.setattr(transactions, "_run", refuse)
    return tried


@pytest.fixture
def edit(cast) -> str:
    return f"/ho/{cast.household.code}/gian-hang/"


def test_what_was_typed_goes_again_with_one_press(cast, edit, tries, monkeypatch):
    client = sign_in(Client(), cast.head)
    [form] = [form for form in forms_on(client.get(edit).content.decode(), edit) if "story" in form.fields]
    sent = form.as_it_stands() | {"story": [STORY]}
    busy = client.post(edit, sent, **HERE)
    assert (busy.status_code, busy["Retry-After"], len(tries)) == (503, str(RETRY_AFTER_SECONDS), 1)
    assert "no-store" in busy["Cache-Control"]
    assert problems(busy.content.decode()) == []
    [again] = forms_on(busy.content.decode(), edit)
    assert again.as_it_stands() | {"csrfmiddlewaretoken": ""} == sent | {"csrfmiddlewaretoken": ""}
    monkeypatch.undo()
    assert client.post(again.action, again.as_it_stands(), **HERE).status_code == 302
    cast.household.refresh_from_db()
    assert cast.household.story.replace("\r\n", "\n") == STORY.replace("\r\n", "\n")


def test_a_form_with_a_file_waits_at_its_page(cast, edit, tries, monkeypatch):
    client = sign_in(Client(), cast.head)
    [form] = [form for form in forms_on(client.get(edit).content.decode(), edit) if "story" in form.fields]
    sent = form.as_it_stands() | {"story": STORY, "photo": SimpleUploadedFile("a.jpg", b"\xff\xd8")}
    page = client.post(edit, sent, HTTP_REFERER=f"http://testserver{edit}", **HERE).content.decode()
    assert forms_on(page, edit) == []
    address = re.search(rf'href="({edit}[^"]+)"', page)[1]
    monkeypatch.undo()
    [shown] = [form for form in forms_on(client.get(address).content.decode(), edit) if "story" in form.fields]
    assert shown.as_it_stands()["story"] == [STORY]


def test_a_page_of_the_busy_database_shows_no_secret(cast, tries):
    client = sign_in(Client(), cast.head)
    page = client.post("/to/tai-khoan/", {"code": "271828"}, **HERE)
    sent = {"name": "Chè Hoa", "story": STORY, "version": "1", "password": "hush hush"}
    busy = client.post(f"/ho/{cast.household.code}/gian-hang/", sent, HTTP_REFERER="http://testserver/ho/", **HERE)
    assert (page.status_code, busy.status_code) == (404, 503)
    assert "hush" not in busy.content.decode()


def test_a_program_is_answered_in_its_own_form(cast, edit, tries):
    sent = {"name": "Chè Hoa", "story": STORY, "version": "1"}
    busy = sign_in(Client(), cast.head).post(edit, sent, HTTP_ACCEPT="application/json", **HERE)
    assert (busy.status_code, busy["Retry-After"], busy["Content-Type"]) == (503, "5", "application/json")
    assert json.loads(busy.content)["error"] == "busy"


def test_a_middleware_that_finds_it_busy_answers_the_same(cast, monkeypatch):
    def refuse(_request):
        raise OperationalError from Locked()

    monkeypatch.setattr("shop.basket.middleware.BasketMiddleware.process_request", refuse, raising=False)
    monkeypatch.setattr("shop.basket.middleware.BasketMiddleware.__call__", lambda _self, request: refuse(request))
    busy = Client(raise_request_exception=False).get("/gio-hang/?a=1")
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert 'href="/gio-hang/?a=1"' in busy.content.decode()


def test_other_faults_of_the_database_are_failures(cast, edit, monkeypatch):
    monkeypatch.setattr(transactions, "_run", lambda *_given, **_named: fail(sqlite3.OperationalError("no such table")))
    client = sign_in(Client(raise_request_exception=False), cast.head)
    assert client.post(edit, {"name": "Chè Hoa", "story": STORY, "version": "1"}, **HERE).status_code == 500


def fail(cause: Exception) -> None:
    raise OperationalError from cause
