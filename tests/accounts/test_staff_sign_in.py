"""Staff: a password, a second factor, and no way around them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.utils import timezone

from accounts.second_factor import current_totp_code, enrol_totp, has_authenticator
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
    who,
    wrong,
)
from tests.sign_in import sign_in

STAFF_PAGES = ["/quan-tri/", "/van-hanh/", "/noi-dung/"]
ADMIN = "/quan-tri/"
OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def client() -> Client:
    return english_client()


def last(page) -> str:
    return page.redirect_chain[-1][0]


def test_password_and_app_open_the_staff_page(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    page = give_password(client, "0912 009 999", target=ADMIN)
    assert last(page) == SECOND_FACTOR
    assert who(client) is None
    page = client.post(SECOND_FACTOR, {"code": current_totp_code(cast.operator, timezone.now())})
    assert page.url == ADMIN
    assert client.get(ADMIN).status_code == 200


def test_each_app_shows_the_code_of_its_own_secret(cast, now):
    assert current_totp_code(cast.commune_officer, now) is None
    enrol_totp(user=cast.operator, secret=SECRET)
    RecoveryCodes.activate(cast.commune_officer)
    assert current_totp_code(cast.commune_officer, now) is None
    enrol_totp(user=cast.commune_officer, secret=OTHER_SECRET)
    assert has_authenticator(cast.operator)
    # RFC 6238 with SHA-1, 30 seconds and six digits, worked out apart from the library.
    codes = [current_totp_code(user, now) for user in (cast.operator, cast.commune_officer)]
    assert codes == ["084334", "990949"]


def test_session_of_staff_lasts_a_working_day_and_leaves_a_trace(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    give_password(client, "0912 009 999")
    client.post(SECOND_FACTOR, {"code": current_totp_code(cast.operator, timezone.now())})
    assert client.session.get_expiry_age() <= 12 * 60 * 60
    assert AuditEntry.objects.get(action="sign_in").actor == cast.operator


def test_wrong_code_of_the_app_opens_nothing(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    give_password(client, "0912 009 999")
    page = client.post(SECOND_FACTOR, {"code": wrong(current_totp_code(cast.operator, timezone.now()))})
    assert "The code is not right" in page.content.decode()
    assert who(client) is None


def test_code_of_the_app_opens_once(client, cast, time_machine, now):
    time_machine.move_to(now, tick=False)
    enrol_totp(user=cast.operator, secret=SECRET)
    code = current_totp_code(cast.operator, now)
    for browser in (client, Client()):
        give_password(browser, "0912 009 999")
        browser.post(SECOND_FACTOR, {"code": code})
    assert who(client) == str(cast.operator.pk)
    assert who(browser) is None


def test_wrong_password_is_said(client, cast):
    page = give_password(client, "0912 009 999", "not-the-password")
    assert "phone number or the password is not right" in page.content.decode()
    assert who(client) is None


def test_password_guessing_is_stopped(client, cast):
    for _ in range(5):
        give_password(client, "0912 009 999", "not-the-password")
    page = give_password(client, "0912 009 999", STAFF_PASSWORD)
    assert "Too many tries" in page.content.decode()
    assert who(client) is None


def test_password_guessing_of_others_does_not_lock_the_owner_out(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    guesser = english_client()
    guesser.defaults["REMOTE_ADDR"] = "203.0.113.9"
    for _ in range(6):
        page = give_password(guesser, "0912 009 999", "not-the-password")
    assert "Too many tries" in page.content.decode()
    assert last(give_password(client, "0912 009 999")) == SECOND_FACTOR


def test_code_by_message_does_not_sign_staff_in(client, cast):
    ask_for_code(client, "0912 009 999")
    page = give_code(client, code_sent_to(cast.operator.phone))
    assert last(page) == "/dang-nhap/mat-khau/"
    assert who(client) is None


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_without_an_app_are_led_to_set_it_up(client, cast, path):
    sign_in(client, cast.operator, second_factor=False)
    assert client.get(path).url.startswith("/tai-khoan/xac-thuc/them/")


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_with_an_app_give_its_code_first(client, cast, path):
    enrol_totp(user=cast.operator, secret=SECRET)
    sign_in(client, cast.operator, second_factor=False)
    assert client.get(path).url.startswith("/tai-khoan/xac-thuc/nhap-lai/")


def test_who_became_staff_after_a_code_by_message_gives_the_password_too(client, cast):
    sign_in(client, cast.head)
    cast.head.is_staff = True
    cast.head.save()
    assert client.get(ADMIN).status_code == 403, "no password yet"
    cast.head.set_password(STAFF_PASSWORD)
    cast.head.save()
    client.force_login(cast.head)
    page = client.get(ADMIN, follow=True)
    assert last(page).startswith("/tai-khoan/mat-khau/nhap-lai/")
    enrol_totp(user=cast.head, secret=SECRET)
    page = client.post(last(page), {"password": STAFF_PASSWORD}, follow=True)
    assert last(page).startswith("/tai-khoan/xac-thuc/nhap-lai/")
    page = client.post(last(page), {"code": current_totp_code(cast.head, timezone.now())}, follow=True)
    assert last(page) == ADMIN
    assert page.status_code == 200


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_others_are_refused_and_strangers_sign_in(client, cast, path):
    assert client.get(path).url.startswith("/dang-nhap/mat-khau/")
    assert sign_in(client, cast.head).get(path).status_code == 403


def test_setting_up_the_app_opens_the_staff_page(client, cast):
    page = give_password(client, "0912 009 999", target=ADMIN)
    assert last(page).startswith("/tai-khoan/xac-thuc/them/")
    set_up = page.request["PATH_INFO"]
    assert SECRET not in page.content.decode()
    secret = page.context["form"].secret
    enrolled = cast.operator
    enrol_totp(user=enrolled, secret=secret)
    code = current_totp_code(enrolled, timezone.now())
    enrolled.authenticator_set.all().delete()
    page = client.post(set_up, {"code": code}, follow=True)
    assert "Recovery codes" in page.content.decode()
    assert client.get(ADMIN).status_code == 200


def test_recovery_code_opens_once_without_the_phone(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    code = RecoveryCodes.activate(cast.operator).generate_codes()[0]
    for browser in (client, Client()):
        give_password(browser, "0912 009 999")
        browser.post(SECOND_FACTOR, {"code": code})
    assert client.get(ADMIN).status_code == 200
    assert who(browser) is None


def test_secret_is_not_kept_in_the_clear(cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    assert SECRET not in str(list(cast.operator.authenticator_set.values_list("data", flat=True)))


def test_secret_stays_readable_after_the_key_changes(cast, settings):
    enrol_totp(user=cast.operator, secret=SECRET)
    now = timezone.now()
    before = current_totp_code(cast.operator, now)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert current_totp_code(cast.operator, now) == before


def test_recovery_codes_are_shown_to_their_owner(client, cast):
    enrol_totp(user=cast.operator, secret=SECRET)
    codes = RecoveryCodes.activate(cast.operator).generate_codes()
    page = sign_in(client, cast.operator).get("/tai-khoan/ma-du-phong/").content.decode()
    assert all(code in page for code in codes)


def test_app_is_replaced_only_after_the_password(client, cast, time_machine):
    enrol_totp(user=cast.operator, secret=SECRET)
    sign_in(client, cast.operator)
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    page = client.get("/tai-khoan/xac-thuc/bo/")
    assert page.url.startswith("/tai-khoan/mat-khau/nhap-lai/")
    client.post(page.url, {"password": STAFF_PASSWORD})
    client.post("/tai-khoan/xac-thuc/bo/")
    assert not has_authenticator(cast.operator)


def test_authenticators_are_for_staff_alone(client, cast):
    sign_in(client, cast.head)
    for path in ("xac-thuc/", "xac-thuc/them/", "ma-du-phong/"):
        assert client.get(f"/tai-khoan/{path}").status_code == 403
