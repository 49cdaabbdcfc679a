"""Signing in, and failing to, leaves rows that say who and what, and nothing else about the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.second_factor import current_totp_code, enrol_totp
from accounts.services import record_failed_sign_in
from core.models import AuditEntry
from tests.accounts.walk import (
    SECOND_FACTOR,
    SECRET,
    STAFF_PASSWORD,
    ask_for_code,
    code_sent_to,
    english_client,
    give_code,
    give_password,
    wrong,
)
from tests.sign_in import sign_in


@pytest.fixture
def client():
    return english_client()


def rows(action: str) -> list[tuple[str, int | None, str]]:
    found = AuditEntry.objects.filter(action=action).order_by("pk")
    return [(row.subject_id, row.actor_id, row.changes["how"][1]) for row in found]


def test_sign_in_by_code(client, cast):
    ask_for_code(client, "0912 000 001")
    code = code_sent_to(cast.head.phone)
    give_code(client, wrong(code))
    give_code(client, code)
    assert rows("fail_sign_in") == [(str(cast.head.pk), None, "code")]
    assert rows("sign_in") == [(str(cast.head.pk), cast.head.pk, "code")]


def test_failure_for_a_number_without_an_account_keeps_no_number(client, cast):
    ask_for_code(client, "0987 654 321")
    give_code(client, wrong(code_sent_to("+84987654321")))
    give_password(client, "0987 654 321", "not-the-password")
    assert rows("fail_sign_in") == [("", None, "code"), ("", None, "password")]
    assert "654" not in str(list(AuditEntry.objects.filter(action="fail_sign_in").values()))


def test_sign_in_of_staff(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    give_password(client, "0912 009 999", "not-the-password")
    give_password(client, "0912 009 999")
    code = current_totp_code(cast.operator, timezone.now())
    client.post(SECOND_FACTOR, {"code": wrong(code)})
    client.post(SECOND_FACTOR, {"code": code})
    mine = str(cast.operator.pk)
    assert rows("fail_sign_in") == [(mine, None, "password"), (mine, None, "mfa")]
    assert rows("sign_in") == [(mine, cast.operator.pk, "password, mfa")]


def test_password_given_once_more(client, cast, time_machine):
    enrol_totp(user=cast.operator, secret=SECRET)
    sign_in(client, cast.operator)
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    page = client.get("/tai-khoan/xac-thuc/bo/")
    client.post(page.url, {"password": "not-the-password"})
    client.post(page.url, {"password": STAFF_PASSWORD})
    assert rows("fail_sign_in") == [(str(cast.operator.pk), None, "password")]
    assert rows("confirm_identity") == [(str(cast.operator.pk), cast.operator.pk, "password")]


def test_flood_from_one_address_does_not_fill_the_table(cast, now):
    for _each in range(201):
        record_failed_sign_in(user=cast.head, how="code", address="203.0.113.9", now=now)
    assert len(rows("fail_sign_in")) == 200
    record_failed_sign_in(user=cast.head, how="code", address="203.0.113.10", now=now)
    assert len(rows("fail_sign_in")) == 201
