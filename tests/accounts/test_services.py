"""Opening accounts: once for each phone."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from accounts.access import is_operator
from accounts.models import OPERATORS_GROUP, User
from accounts.phones import BadPhone, parse_phone, show_phone
from accounts.receivers import grant_outbox_to_operators
from accounts.services import PhoneAlreadyUsed, ensure_account, open_staff_account
from core.models import AuditEntry

PHONE = "+84912345678"


def test_account_is_opened_once_and_its_name_is_not_overwritten(db, now):
    first = ensure_account(phone=PHONE, now=now)
    named = ensure_account(phone=PHONE, full_name="Nguyễn Thị Hoa", now=now)
    again = ensure_account(phone=PHONE, full_name="Người Khác", now=now)
    assert first.pk == named.pk == again.pk
    assert again.full_name == "Nguyễn Thị Hoa"
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["open_account", "change_name"]


def test_phone_already_used_is_refused_with_the_number(cast, now):
    with pytest.raises(PhoneAlreadyUsed, match="0912 000 001"):
        open_staff_account(phone=cast.head.phone, full_name="Cán bộ", password="du-dai-de-nho", now=now)


@pytest.mark.parametrize("operator", [True, False])
def test_staff_account_is_an_operator_only_when_asked(db, now, operator):
    user = open_staff_account(phone=PHONE, full_name="A", password="du-dai-de-nho", now=now, operator=operator)
    assert user.is_staff
    assert is_operator(user) is operator
    assert User.objects.get().check_password("du-dai-de-nho")


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "84 912 345 678", "0912.345.678", "o912345678"])
def test_five_ways_of_writing_are_one_phone(typed):
    assert parse_phone(typed) == PHONE
    assert show_phone(PHONE) == "0912 345 678"


@pytest.mark.parametrize("typed", ["", "0", "1800 1090 99", "mười hai", "0912 345 67x"])
def test_what_is_no_phone_is_refused(typed):
    with pytest.raises(BadPhone):
        parse_phone(typed)


def test_operators_may_see_the_outbox_and_nothing_else_after_every_migrate(db):
    Group.objects.filter(name=OPERATORS_GROUP).delete()
    for _time in range(2):
        grant_outbox_to_operators(sender=apps.get_app_config("messaging"))
    permissions = Group.objects.get(name=OPERATORS_GROUP).permissions
    assert list(permissions.values_list("codename", flat=True)) == ["view_outgoingmessage"]
