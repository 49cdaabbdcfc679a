"""Staff accounts and the state of accounts, from the operators' pages to the person's next request."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts import staff
from accounts.access import is_operator
from accounts.models import User
from accounts.second_factor import enrol_totp, has_authenticator
from content.access import is_editor
from core.errors import NotAllowed
from core.models import AuditEntry
from tests.accounts.walk import SECRET
from tests.cast import make_user
from tests.sign_in import sign_in


def password_on(page: str) -> str:
    return re.search(r'class="code">([^<]+)<', page)[1]


def deed(desk, user: User, name: str, **data: object):
    return desk.post(f"/van-hanh/nguoi/{user.pk}/{name}/", data)


@pytest.mark.parametrize(("groups", "right"), [(["operators"], is_operator), (["editors"], is_editor), ([], None)])
def test_a_staff_account_is_opened_with_a_password_shown_once(desk, groups, right):
    typed = {"phone": "0912 345 999", "full_name": "Vũ Ngọc Anh", "groups": groups}
    answer = desk.post("/van-hanh/nguoi/them/", typed)
    user = User.objects.get(phone="+84912345999")
    assert user.full_name == "Vũ Ngọc Anh"
    password = password_on(answer.content.decode())
    assert user.check_password(password)
    assert user.is_staff
    assert not user.is_superuser
    assert right is None or right(user)
    assert password not in desk.get(f"/van-hanh/nguoi/{user.pk}/").content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_number_that_has_an_account_is_refused_and_what_was_typed_stays(desk, cast):
    typed = {"phone": "0912 000 001", "full_name": "Người khác"}
    answer = desk.post("/van-hanh/nguoi/them/", typed)
    assert answer.status_code == 422
    assert "Người khác" in answer.content.decode()


def test_a_suspended_person_is_out_with_the_next_request_and_back_when_restored(desk, cast):
    volunteer = sign_in(Client(), cast.volunteer)
    assert volunteer.get("/to/").status_code == 200
    deed(desk, cast.volunteer, "khoa", reason="Đã nghỉ làm")
    assert volunteer.get("/to/").status_code == 302
    deed(desk, cast.volunteer, "mo-lai")
    assert sign_in(Client(), cast.volunteer).get("/to/").status_code == 200
    rows = AuditEntry.objects.filter(subject_type="accounts.user", subject_id=str(cast.volunteer.pk))
    assert {row.action for row in rows} == {"suspend_account", "restore_account"}


def test_a_suspension_needs_a_reason_and_another_person(desk, cast):
    deed(desk, cast.volunteer, "khoa", reason="  ")
    deed(desk, cast.operator, "khoa", reason="Nhầm")
    assert User.objects.get(pk=cast.volunteer.pk).is_active
    assert User.objects.get(pk=cast.operator.pk).is_active


def test_nobody_takes_the_own_right_away(desk, cast):
    deed(desk, cast.operator, "quyen", groups=["editors"])
    assert is_operator(User.objects.get(pk=cast.operator.pk))


def test_rights_are_exactly_those_that_are_ticked(desk, cast):
    cast.commune_officer.refresh_from_db()
    deed(desk, cast.commune_officer, "quyen", groups=["operators", "editors"])
    assert is_operator(cast.commune_officer)
    deed(desk, cast.commune_officer, "quyen", groups=["editors"])
    assert not is_operator(cast.commune_officer)
    assert is_editor(cast.commune_officer)


def test_who_signs_in_by_code_gets_no_right_before_being_staff(desk, cast):
    deed(desk, cast.stranger, "quyen", groups=["operators"])
    assert not cast.stranger.groups.exists()
    answer = deed(desk, cast.stranger, "thanh-can-bo")
    user = User.objects.get(pk=cast.stranger.pk)
    assert user.is_staff
    assert user.check_password(password_on(answer.content.decode()))


def test_a_new_password_replaces_the_old_one(desk, cast):
    cast.commune_officer.refresh_from_db()
    cast.commune_officer.set_password("cu-ky-lam-roi")
    cast.commune_officer.save()
    answer = deed(desk, cast.commune_officer, "mat-khau")
    user = User.objects.get(pk=cast.commune_officer.pk)
    assert not user.check_password("cu-ky-lam-roi")
    assert user.check_password(password_on(answer.content.decode()))


def test_a_lost_second_factor_is_forgotten(desk, cast):
    enrol_totp(user=cast.commune_officer, secret=SECRET)
    deed(desk, cast.commune_officer, "quen-ung-dung")
    assert not has_authenticator(cast.commune_officer)


def test_a_deed_that_is_none_and_a_person_who_is_none_are_not_found(desk, cast):
    assert deed(desk, cast.stranger, "xoa").status_code == 404
    assert desk.post("/van-hanh/nguoi/999999/mo-lai/").status_code == 404


@pytest.mark.parametrize("who", ["head", "volunteer", "commune_officer", "stranger"])
def test_services_refuse_whoever_is_no_operator(cast, now, who):
    other = getattr(cast, who)
    attempts = [
        lambda: staff.open_staff(phone="+84912345999", full_name="A", groups=[], operator=other, now=now),
        lambda: staff.make_staff(user=cast.buyer, operator=other, now=now),
        lambda: staff.set_staff_groups(user=cast.commune_officer, groups=["operators"], operator=other, now=now),
        lambda: staff.renew_password(user=cast.commune_officer, operator=other, now=now),
        lambda: staff.forget_second_factor(user=cast.commune_officer, operator=other, now=now),
        lambda: staff.suspend_account(user=cast.buyer, reason="x", operator=other, now=now),
        lambda: staff.restore_account(user=cast.buyer, operator=other, now=now),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize("words", ["nguyen thi hoa", "HOA", "Hoa nguyễn", "0912 000 001", "+84912000001"])
def test_people_are_found_without_tones_and_by_the_whole_number(desk, cast, words):
    assert "Nguyễn Thị Hoa" in desk.get("/van-hanh/nguoi/", {"tim": words}).content.decode()


@pytest.mark.parametrize("words", ["0001", "000001", "091200000"])
def test_a_part_of_a_number_finds_nobody(desk, cast, words):
    assert "Nguyễn Thị Hoa" not in desk.get("/van-hanh/nguoi/", {"tim": words}).content.decode()


def test_numbers_are_masked_until_asked_for_and_the_look_is_written_down(desk, cast):
    page = f"/van-hanh/nguoi/{cast.head.pk}/"
    assert "0912 000 001" not in desk.get(page).content.decode()
    assert "0912 000 001" in desk.post(f"{page}xem-so/", follow=True).content.decode()
    row = AuditEntry.objects.get(action="read_phone", subject_id=str(cast.head.pk))
    assert row.actor == cast.operator


def test_a_longer_list_asks_no_more_queries(desk, cast, django_assert_num_queries):
    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/van-hanh/nguoi/").status_code == 200
        return len(queries)

    before = count()
    for number in range(100, 106):
        make_user(number, f"Người {number}")
    assert count() == before
