"""Many guesses and many requests at the same moment, on real connections: each limit holds exactly."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from accounts import one_time_codes
from accounts.models import PhoneCode
from accounts.one_time_codes import MAX_TRIES
from accounts.phone_codes import MAX_CODES_PER_PHONE, Purpose, send_phone_code
from core.attempts import TooManyAttempts, count_attempt
from messaging.models import OutgoingMessage
from onboarding.models import DoorstepCode
from onboarding.services import consent_by_code, open_case, request_code
from onboarding.services.codes import MAX_GUESSES_PER_VOLUNTEER
from tests.accounts.walk import CODE, ask_for_code, code_sent_to, english_client, wrong
from tests.onboarding.conftest import DOOR
from tests.real_database import compete
from tests.sizes import how_many

pytestmark = pytest.mark.concurrency
PHONE = "+84978123999"
GUESSES = how_many(small=24, as_found=300)


@pytest.fixture
def judged(monkeypatch) -> list[str]:
    """What was compared with a code, on whatever thread."""
    seen, lock, compare = [], threading.Lock(), one_time_codes.constant_time_compare

    def counted(kept: str, given: str) -> bool:
        with lock:
            seen.append(given)
        return compare(kept, given)

    monkeypatch.setattr(one_time_codes, "constant_time_compare", counted)
    return seen


@pytest.mark.as_found("300 guesses at one sign-in code: five are judged")
def test_parallel_guesses_at_a_sign_in_code_are_judged_five_times(db, judged):
    browser = english_client()
    ask_for_code(browser, PHONE)
    guess = wrong(code_sent_to(PHONE))

    def post(number: int) -> int:
        client = Client(REMOTE_ADDR=f"203.0.113.{number % 200}")  # so that no address meets its own limit
        client.cookies = browser.cookies
        return client.post(CODE, {"action": "verify", "code": guess}).status_code

    assert set(compete([partial(post, number) for number in range(GUESSES)])) == {200}
    assert len(judged) == MAX_TRIES
    assert PhoneCode.objects.get().tries == MAX_TRIES


@pytest.mark.as_found("300 guesses at one code at the door: five are judged")
def test_parallel_guesses_at_a_doorstep_code_are_judged_five_times(cast, now, judged):
    case = open_case(opened=DOOR, team=cast.team, actor=cast.volunteer, now=now)
    request_code(case=case, purpose="consent", actor=cast.volunteer, now=now)
    guess = wrong(code_sent_to(case.household.phone))
    results = compete([partial(consent_by_code, case=case, code=guess, actor=cast.volunteer, now=now)] * GUESSES)
    refused = Counter(type(result).__name__ for result in results)
    within = min(GUESSES, MAX_GUESSES_PER_VOLUNTEER["most"])
    assert refused == Counter(CodeRefused=within, TooManyAttempts=GUESSES - within)
    assert len(judged) == MAX_TRIES
    assert DoorstepCode.objects.get().tries == MAX_TRIES


@pytest.mark.as_found("300 requests of one phone: three short codes leave, and one long one")
def test_parallel_requests_send_three_short_codes_and_one_long_one(db):
    now = timezone.now()
    results = compete(
        [
            partial(send_phone_code, purpose=Purpose.SIGN_IN, phone=PHONE, address=f"203.0.113.{number % 200}", now=now)
            for number in range(GUESSES)  # so that no address meets its own limit
        ]
    )
    assert sum(isinstance(result, PhoneCode) for result in results) == MAX_CODES_PER_PHONE["most"]
    assert {type(result).__name__ for result in results} == {"PhoneCode", "ShortCodesExhausted"}
    assert OutgoingMessage.objects.count() == MAX_CODES_PER_PHONE["most"] + 1


@pytest.mark.as_found("300 tries at a limit of seven: seven pass")
def test_count_lets_exactly_the_limit_pass(db):
    now = timezone.now()
    results = compete([partial(count_attempt, what="test", whose="a", most=7, seconds=60, now=now)] * GUESSES)
    assert results.count(None) == 7
    assert sum(isinstance(result, TooManyAttempts) for result in results) == GUESSES - 7
