"""A phone number, a code by message, and in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PhoneCode, User
from accounts.one_time_codes import CodeRefused
from accounts.phone_codes import MAX_CODES_PER_ADDRESS, Purpose, send_phone_code, use_phone_code
from accounts.tasks import forget_ended_codes
from content.services import build_site
from core.attempts import TooManyAttempts
from core.models import AttemptCount
from messaging.models import OutgoingMessage
from tests.accounts.walk import (
    ACCOUNT,
    CODE,
    SIGN_IN,
    ask_for_code,
    code_sent_to,
    english_client,
    give_code,
    long_code_sent_to,
    who,
    wrong,
)

PHONE = "+84912345678"
from tests.sign_in import sign_in


@pytest.fixture
def client() -> Client:
    return english_client()


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(PHONE, full_name="Nguyễn Thị Hoa")


@pytest.mark.parametrize(
    "typed", ["0912345678", "0912 345 678", "+84 912 345 678", "84912345678", "0912.345.678", "O912-345-678"]
)
def test_phone_is_understood_however_it_is_written(client, person, typed):
    ask_for_code(client, typed)
    give_code(client, code_sent_to(PHONE))
    assert who(client) == str(person.pk)


def test_the_keyboard_of_a_phone_shows_digits(client, person):
    page = client.get(SIGN_IN).content.decode()
    assert re.search(r'<input type="tel"[^>]* autocomplete="tel"[^>]* inputmode="tel"', page)
    ask_for_code(client, "0912 345 678")
    page = client.get(CODE).content.decode()
    assert re.search(r'<input[^>]* name="code"[^>]* autocomplete="one-time-code"[^>]* inputmode="numeric"', page)


@pytest.mark.parametrize(
    "typed", ["", "12", "abc", "0912 345 67", "+1 202 555 0143 99", "09123456789012345678901234567890"]
)
def test_impossible_phone_is_asked_again_and_kept_in_the_form(client, db, typed):
    page = ask_for_code(client, typed)
    assert page.status_code == 200
    assert page.context["form"]["phone"].errors
    assert page.context["form"]["phone"].value() == typed
    assert not OutgoingMessage.objects.exists()


def test_unknown_phone_gets_an_account_only_once_the_code_is_given(client, db):
    ask_for_code(client, "0912 345 678")
    assert not User.objects.exists()
    give_code(client, code_sent_to(PHONE))
    user = User.objects.get()
    assert (user.phone, user.is_staff, user.has_usable_password()) == (PHONE, False, False)
    assert who(client) == str(user.pk)


def test_answers_do_not_tell_whether_a_phone_has_an_account(client, person):
    pages = []
    for typed in ("0912 345 678", "0987 654 321"):
        browser = english_client()
        ask_for_code(browser, typed)
        page = browser.post(CODE, {"action": "verify", "code": "no code"}).content.decode()
        pages.append([line.replace(typed, "PHONE") for line in page.splitlines() if "csrf" not in line])
    assert pages[0] == pages[1]


def test_wrong_code_is_said_and_the_right_one_still_opens(client, person):
    ask_for_code(client, "0912 345 678")
    code = code_sent_to(PHONE)
    page = give_code(client, wrong(code))
    assert "The code is not right" in page.content.decode()
    assert who(client) is None
    give_code(client, f" {code[:3]} {code[3:]} ")
    assert who(client) == str(person.pk)


def test_five_wrong_codes_use_the_code_up(client, person):
    ask_for_code(client, "0912 345 678")
    code = code_sent_to(PHONE)
    for _ in range(4):
        page = give_code(client, wrong(code))
    assert "1 try is left" in page.content.decode()
    page = give_code(client, wrong(code))
    assert "Too many tries" in page.content.decode()
    give_code(client, code)
    assert who(client) is None


def test_fifth_try_is_still_judged(client, person):
    ask_for_code(client, "0912 345 678")
    code = code_sent_to(PHONE)
    for _ in range(4):
        give_code(client, wrong(code))
    give_code(client, code)
    assert who(client) == str(person.pk)


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u200b", "\u3000", "-", ".", "\t"])
def test_code_is_taken_with_blanks_of_any_kind(client, person, blank):
    ask_for_code(client, "0912 345 678")
    code = code_sent_to(PHONE)
    give_code(client, f"{blank}{code[:3]}{blank}{code[3:]}{blank}")
    assert who(client) == str(person.pk)


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "!"])
def test_what_is_no_code_spends_no_try(client, person, typed):
    ask_for_code(client, "0912 345 678")
    page = give_code(client, typed)
    assert "The code is not right" in page.content.decode()
    assert PhoneCode.objects.get().tries == 0


def test_code_grows_old_after_ten_minutes(client, person, time_machine, now):
    time_machine.move_to(now, tick=False)
    ask_for_code(client, "0912 345 678")
    time_machine.move_to(now + timedelta(minutes=10, seconds=1), tick=False)
    page = give_code(client, code_sent_to(PHONE))
    assert "The code is too old" in page.content.decode()
    assert page.redirect_chain[-1][0] == SIGN_IN
    assert who(client) is None


def test_code_page_without_a_code_says_where_to_begin(client, db):
    page = client.get(CODE, follow=True)
    assert page.redirect_chain[-1][0] == SIGN_IN
    assert "The code is too old" in page.content.decode()


def exhaust(phone: str = "0912 345 678") -> None:
    """Somebody else asks for all the short codes that a number gets in five minutes."""
    for _ in range(3):
        ask_for_code(Client(), phone)


def test_one_phone_is_not_flooded_with_codes(client, person, time_machine, now):
    time_machine.move_to(now, tick=False)
    exhaust()
    assert OutgoingMessage.objects.count() == 3
    for _ in range(4):
        page = client.post(SIGN_IN, {"phone": "0912 345 678"}, follow=True)
    assert "wait 5 minutes and ask for a short one" in page.content.decode()
    assert OutgoingMessage.objects.count() == 4, "one long code, however often somebody asks"


def test_waiting_as_long_as_the_page_says_brings_a_short_code(client, person, time_machine, now):
    time_machine.move_to(now, tick=False)
    exhaust()
    time_machine.move_to(now + timedelta(minutes=5) - timedelta(seconds=1), tick=False)
    page = client.post(SIGN_IN, {"phone": "0912 345 678"}, follow=True)
    assert "wait 1 minute and" in page.content.decode()
    time_machine.move_to(now + timedelta(minutes=5), tick=False)
    ask_for_code(client, "0912 345 678")
    give_code(client, code_sent_to(PHONE))
    assert who(client) == str(person.pk)


def test_a_day_of_requests_says_hours_and_leaves_the_owner_the_long_code(client, person, time_machine, now):
    for turn in range(5):
        time_machine.move_to(now + timedelta(minutes=6 * turn), tick=False)
        exhaust()
    assert OutgoingMessage.objects.count() == 15
    time_machine.move_to(now + timedelta(minutes=40), tick=False)
    page = client.post(SIGN_IN, {"phone": "0912 345 678"}, follow=True)
    assert "wait 24 hours and" in page.content.decode()
    long_code = long_code_sent_to(PHONE)
    for turn in range(8):  # what others go on doing does not end it
        time_machine.move_to(now + timedelta(hours=1 + turn), tick=False)
        stranger = Client()
        ask_for_code(stranger, "0912 345 678")
        give_code(stranger, "123456789012345678")
    ask_for_code(client, "0912 345 678")
    give_code(client, long_code.replace("-", "\u00a0"))
    assert who(client) == str(person.pk)


def test_long_code_is_used_once_and_the_next_flood_brings_another(client, person):
    exhaust()
    ask_for_code(client, "0912 345 678")
    long_code = long_code_sent_to(PHONE)
    give_code(client, long_code)
    assert who(client) == str(person.pk)
    again = Client()
    ask_for_code(again, "0912 345 678")
    give_code(again, long_code)
    assert who(again) is None
    assert long_code_sent_to(PHONE) != long_code


def test_long_code_is_good_for_a_day_and_for_its_own_number(client, person, time_machine, now):
    time_machine.move_to(now, tick=False)
    exhaust()
    ask_for_code(client, "0912 345 678")
    long_code = long_code_sent_to(PHONE)
    other = english_client()
    ask_for_code(other, "0987 654 321")
    give_code(other, long_code)
    assert who(other) is None
    time_machine.move_to(now + timedelta(days=1), tick=False)
    ask_for_code(client, "0912 345 678")
    page = give_code(client, long_code)
    assert "The long code is not right" in page.content.decode()
    assert who(client) is None


def test_sending_another_code_counts(client, person):
    ask_for_code(client, "0912 345 678")
    for _ in range(2):
        client.post(CODE, {"action": "resend"})
    page = client.post(CODE, {"action": "resend"}, follow=True)
    assert "Too many codes were asked" in page.content.decode()
    assert PhoneCode.objects.filter(is_long=False).count() == 3


def test_another_code_can_be_sent_and_the_first_one_is_void(client, person):
    ask_for_code(client, "0912 345 678")
    first = code_sent_to(PHONE)
    client.post(CODE, {"action": "resend"})
    second = code_sent_to(PHONE)
    assert OutgoingMessage.objects.count() == 2
    if first != second:
        give_code(client, first)
        assert who(client) is None
    give_code(client, second)
    assert who(client) == str(person.pk)


def test_code_asked_for_in_one_browser_ends_that_of_another(client, person):
    ask_for_code(client, "0912 345 678")
    first = code_sent_to(PHONE)
    ask_for_code(Client(), "0912 345 678")
    page = give_code(client, first)
    assert "A newer code was asked for" in page.content.decode()
    give_code(client, code_sent_to(PHONE))
    assert who(client) is None, "a short code counts in the browser that asked for it"


def test_guesses_of_one_address_are_counted_over_all_numbers(client, person):
    PhoneCode.objects.all().delete()
    for guess in range(100):
        count_guess(guess)
    ask_for_code(client, "0912 345 678")
    code = code_sent_to(PHONE)
    page = give_code(client, code)
    assert "Too many attempts. Wait 10 minutes" in page.content.decode()
    assert who(client) is None
    elsewhere = english_client()
    elsewhere.defaults["REMOTE_ADDR"] = "203.0.113.9"
    ask_for_code(elsewhere, "0912 345 678")
    give_code(elsewhere, code_sent_to(PHONE))
    assert who(elsewhere) == str(person.pk)


def test_requests_of_one_address_are_counted_over_all_numbers(db, now):
    for number in range(MAX_CODES_PER_ADDRESS["most"]):
        send_phone_code(purpose=Purpose.SIGN_IN, phone=f"+8497{number:07}", address="203.0.113.9", now=now)
    with pytest.raises(TooManyAttempts):
        send_phone_code(purpose=Purpose.SIGN_IN, phone=PHONE, address="203.0.113.9", now=now)
    assert not PhoneCode.objects.filter(phone=PHONE).exists()
    assert send_phone_code(purpose=Purpose.SIGN_IN, phone=PHONE, address="203.0.113.10", now=now)


def count_guess(guess: int) -> None:
    """A guess at the code of one more number, from the address of the test client."""
    with pytest.raises(CodeRefused):
        use_phone_code(
            purpose=Purpose.SIGN_IN,
            phone=f"+8497{guess:07}",
            code_id=0,
            typed="000000",
            address="127.0.0.1",
            now=timezone.now(),
        )


def test_codes_and_counts_are_forgotten_when_they_have_ended(client, person, time_machine, now):
    time_machine.move_to(now, tick=False)
    exhaust()
    ask_for_code(client, "0912 345 678")
    time_machine.move_to(now + timedelta(hours=23), tick=False)
    forget_ended_codes()
    assert (PhoneCode.objects.count(), AttemptCount.objects.count()) == (1, 2), "the long code and the day's counts"
    time_machine.move_to(now + timedelta(hours=25), tick=False)
    forget_ended_codes()
    assert (PhoneCode.objects.count(), AttemptCount.objects.count()) == (0, 0)


def test_mistyped_phone_is_mended_by_going_back(client, person):
    ask_for_code(client, "0987 654 321")
    assert client.get(SIGN_IN).status_code == 200
    ask_for_code(client, "0912 345 678")
    give_code(client, code_sent_to(PHONE))
    assert who(client) == str(person.pk)


def test_closed_account_stays_closed(client, person):
    User.objects.update(is_active=False)
    ask_for_code(client, "0912 345 678")
    page = give_code(client, code_sent_to(PHONE))
    assert "This account is closed" in page.content.decode()
    assert who(client) is None


def test_session_key_changes_at_sign_in_and_lasts_for_weeks(client, person):
    ask_for_code(client, "0912 345 678")
    before = client.session.session_key
    give_code(client, code_sent_to(PHONE))
    assert client.session.session_key != before
    assert client.session.get_expiry_age() > 13 * 24 * 60 * 60


def test_one_comes_back_to_the_page_one_wanted(client, person):
    assert client.get(ACCOUNT).url == f"{SIGN_IN}?next={ACCOUNT}"
    ask_for_code(client, "0912 345 678", next="/tai-khoan/?x=1")
    page = client.post(f"{CODE}?next=/tai-khoan/%3Fx%3D1", {"action": "verify", "code": code_sent_to(PHONE)})
    assert page.url == "/tai-khoan/?x=1"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_one_is_never_sent_to_another_site(client, person, target):
    ask_for_code(client, "0912 345 678", next=target)
    page = client.post(CODE, {"action": "verify", "code": code_sent_to(PHONE), "next": target})
    assert page.url == ACCOUNT


def test_signing_out_takes_a_post(client, person):
    client.force_login(person)
    client.get("/dang-xuat/")
    assert who(client) is not None
    client.post("/dang-xuat/")
    assert who(client) is None


@pytest.mark.parametrize("page", ["/dang-xuat/", "/noi-dung/logout/", "/quan-tri/logout/"])
def test_signing_out_asks_the_browser_to_forget(client, cast, now, page):
    """On every page that signs out, also those of Wagtail and Django's admin; cookies are deleted one by one."""
    build_site(now=now)
    sign_in(client, cast.operator)
    assert client.post(page).headers["Clear-Site-Data"] == '"cache", "storage"'
    assert who(client) is None
    assert "Clear-Site-Data" not in client.post(page).headers


def test_flood_of_passwords_from_one_address_meets_a_page_that_says_to_wait(client, db):
    for _ in range(60):
        client.post("/dang-nhap/mat-khau/", {"login": "", "password": ""})
    page = client.post("/dang-nhap/mat-khau/", {"login": "", "password": ""})
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()


def test_development_says_where_the_code_stands(client, person, settings):
    ask_for_code(client, "0912 345 678")
    assert 'href="/hop-tin/"' in client.get(CODE).content.decode()
    settings.SHOW_OUTBOX = False
    assert "/hop-tin/" not in client.get(CODE).content.decode()
