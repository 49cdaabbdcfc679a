"""A code at the door says yes once, for a short while, and to nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from accounts.one_time_codes import CodeRefused
from core.attempts import TooManyAttempts
from households.access import Acting, acting_for
from households.models import Mandate, Scope
from onboarding.models import Consent, DoorstepCode
from onboarding.services import ConsentMissing, consent_by_code, mandate_by_code
from onboarding.services.codes import MAX_GUESSES_PER_VOLUNTEER


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_right_code_records_consent_and_hands_the_account_to_the_phone(case, cast, now, ask):
    consent = consent_by_code(case=case, code=f" {ask(case)} ", actor=cast.volunteer, now=now)
    assert (consent.text.version, consent.given_how, consent.recorded_by) == ("2026-1", "code", cast.volunteer)
    holder = User.objects.get(phone="+84978123456")
    assert case.household.members.get().user == holder
    assert not holder.has_usable_password()


def test_wrong_code_says_how_many_tries_are_left_then_none_helps(case, cast, now, ask):
    code = ask(case)
    for _try in range(5):
        with pytest.raises(CodeRefused):
            consent_by_code(case=case, code=wrong(code), actor=cast.volunteer, now=now)
    with pytest.raises(CodeRefused):
        consent_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("typed", ["", "abc", "１２３", "000000000000"])
def test_what_is_no_code_is_refused(case, cast, now, ask, typed):
    ask(case)
    with pytest.raises(CodeRefused):
        consent_by_code(case=case, code=typed, actor=cast.volunteer, now=now)


def test_old_code_is_refused(case, cast, now, ask):
    code = ask(case)
    with pytest.raises(CodeRefused):
        consent_by_code(case=case, code=code, actor=cast.volunteer, now=now + timedelta(minutes=15))


def test_newer_code_takes_the_place_of_the_older(case, cast, now, ask):
    older = ask(case)
    newer = ask(case, at=now + timedelta(minutes=1))
    if older != newer:
        with pytest.raises(CodeRefused):
            consent_by_code(case=case, code=older, actor=cast.volunteer, now=now)
    assert consent_by_code(case=case, code=newer, actor=cast.volunteer, now=now)


def test_code_is_used_once(case, cast, now, ask):
    code = ask(case)
    consent_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    with pytest.raises(CodeRefused):
        consent_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    assert Consent.objects.count() == 1


def test_code_sent_to_a_phone_that_was_mended_since_is_refused(case, cast, now, ask):
    code = ask(case)
    case.household.phone = "+84978123457"
    case.household.save()
    with pytest.raises(CodeRefused):
        consent_by_code(case=case, code=code, actor=cast.volunteer, now=now)


def test_only_a_digest_of_the_code_is_kept(case, ask):
    code = ask(case)
    assert code not in str(vars(DoorstepCode.objects.get()))


def test_seventh_code_within_a_day_is_not_sent(case, ask, now):
    for _each in range(6):
        ask(case)
    with pytest.raises(CodeRefused):
        ask(case)
    assert ask(case, at=now + timedelta(days=1, seconds=1))


def test_volunteer_who_only_guesses_is_stopped_and_her_colleague_is_not(case, cast, now, ask):
    code = ask(case)
    most = MAX_GUESSES_PER_VOLUNTEER["most"]
    for guess in range(most):
        with pytest.raises(CodeRefused):
            consent_by_code(case=case, code=f"no code {guess}", actor=cast.volunteer, now=now)
    with pytest.raises(TooManyAttempts):
        consent_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    assert consent_by_code(case=case, code=code, actor=cast.leader, now=now)


def test_mandate_is_given_for_the_terms_the_code_was_sent_with(case, cast, now, ask, sent):
    consent_by_code(case=case, code=ask(case), actor=cast.volunteer, now=now)
    code = ask(case, "mandate", {"scopes": ["listing"], "days": 90})
    assert "Tổ Hồng Thái" in sent[-1][1]
    mandate = mandate_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    assert (mandate.scopes, mandate.expires_at) == (["listing"], now + timedelta(days=90))
    assert acting_for(cast.leader, case.household, Scope.LISTING, now) == Acting(cast.leader, case.household, cast.team)


def test_code_for_consent_gives_no_mandate(case, cast, now, ask):
    code = ask(case)
    with pytest.raises(CodeRefused):
        mandate_by_code(case=case, code=code, actor=cast.volunteer, now=now)


def test_no_mandate_without_consent(case, ask):
    with pytest.raises(ConsentMissing):
        ask(case, "mandate", {"scopes": ["listing"], "days": 90})


def test_consent_withdrawn_after_the_code_was_sent_stops_the_mandate(case, cast, now, ask):
    consent_by_code(case=case, code=ask(case), actor=cast.volunteer, now=now)
    code = ask(case, "mandate", {"scopes": ["listing"], "days": 90})
    Consent.objects.update(withdrawn_at=now)
    with pytest.raises(ConsentMissing):
        mandate_by_code(case=case, code=code, actor=cast.volunteer, now=now)
    assert not Mandate.objects.filter(household=case.household).exists()
