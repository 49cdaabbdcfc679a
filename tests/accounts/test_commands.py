"""Opening staff accounts from the terminal, and the code that the demo shows."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.access import is_operator
from accounts.management.commands import open_staff_account
from accounts.models import User
from accounts.second_factor import current_totp_code, enrol_totp
from tests.accounts.walk import SECRET


def test_demo_code_is_what_the_app_shows(cast, time_machine, now):
    time_machine.move_to(now, tick=False)
    enrol_totp(user=cast.operator, secret=SECRET)
    out = io.StringIO()
    call_command("demo_code", "0912 009 999", stdout=out)
    assert out.getvalue().strip() == current_totp_code(cast.operator, timezone.now())


@pytest.mark.parametrize(
    ("shown", "phone", "said"),
    [
        (False, "0912 009 999", "development only"),
        (True, "0987 654 321", "nobody here"),
        (True, "none", "nobody here"),
        (True, "0912 000 001", "no authenticator app"),
    ],
)
def test_demo_code_says_why_there_is_none(cast, settings, shown, phone, said):
    settings.SHOW_OUTBOX = shown
    with pytest.raises(CommandError, match=said):
        call_command("demo_code", phone)


def test_first_operator_is_opened_from_the_terminal(db, monkeypatch):
    monkeypatch.setattr(open_staff_account, "getpass", lambda prompt: "che-xanh-thai")
    out = io.StringIO()
    call_command("open_staff_account", "0912 345 678", "Vũ Ngọc Anh", "--operator", stdout=out)
    user = User.objects.get(phone="+84912345678")
    assert is_operator(user)
    assert user.check_password("che-xanh-thai")


@pytest.mark.parametrize(("phone", "password"), [("0912 000 001", "che-xanh-thai"), ("0912 345 678", "short")])
def test_used_phone_and_weak_password_are_refused(cast, monkeypatch, phone, password):
    monkeypatch.setattr(open_staff_account, "getpass", lambda prompt: password)
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command("open_staff_account", phone, "Ai đó")
    assert User.objects.count() == before
