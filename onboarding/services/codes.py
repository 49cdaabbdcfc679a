"""One-time codes at the door: sent to the household's phone, read to the volunteer, good for one yes.

A code says yes to one thing and opens no account, so the volunteer never learns a secret that could.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.one_time_codes import CodeRefused, digest_of, judge, new_digits
from core.attempts import TooManyAttempts, count_attempt, waiting_time
from core.errors import DomainError
from core.transactions import in_transaction
from households.models import Household, Scope
from messaging.services import send_message
from onboarding.models import DoorstepCode, OnboardingCase
from onboarding.selectors import consent_waits, has_consent
from onboarding.services.cases import require_serving
from onboarding.services.phone_doubts import require_undoubted_phone

GOOD_FOR = timedelta(minutes=15)
MAX_CODES_PER_PHONE = {"most": 6, "seconds": 86_400}
MAX_GUESSES_PER_VOLUNTEER = {"most": 60, "seconds": 3600}
Purpose = DoorstepCode.Purpose


class ConsentMissing(DomainError):
    code = "consent_missing"


@in_transaction
def request_code(
    *, case: OnboardingCase, purpose: Purpose, actor: User, now: datetime, terms: dict[str, Any] | None = None
) -> DoorstepCode:
    """Send a fresh code to the household's phone; earlier ones for the same purpose no longer count.

    ``terms`` are what the household says yes to; the message repeats them. Raises CodeRefused after too many,
    CaseRefused when the team no longer serves the household, PhoneInDoubt.
    """
    household = case.household
    require_serving(actor, household, case.team, now)
    require_undoubted_phone(household, now)
    if purpose == Purpose.MANDATE:
        require_consent(household, now)
    try:
        count_attempt(what="doorstep-codes", whose=household.phone, **MAX_CODES_PER_PHONE, now=now)
    except TooManyAttempts as refusal:
        raise CodeRefused(
            _("Six codes were sent to this phone within a day. Wait %(wait)s, or let the household sign.")
            % {"wait": waiting_time(refusal.seconds_left)}
        ) from refusal
    secret = new_digits()
    code = DoorstepCode.objects.create(
        household=household,
        team=case.team,
        purpose=purpose,
        terms=terms or {},
        digest=digest_of(secret, salt=_salt(household.pk, purpose)),
        phone=household.phone,
        asked_by=actor,
        sent_at=now,
        expires_at=now + GOOD_FOR,
    )
    send_message(
        phone=household.phone,
        text=_text(code, secret),
        key=f"doorstep-code:{code.pk}",
        now=now,
        expires_at=code.expires_at,
        is_secret=True,
    )
    return code


def require_consent(household: Household, now: datetime) -> None:
    """Raises ConsentMissing while the household has not consented, or its consent is a paper that waits."""
    if has_consent(household, now):
        return
    if consent_waits(household, now):
        raise ConsentMissing(
            _("The consent on paper waits. Until it holds, let the household agree by code, or sign this paper too.")
        )
    raise ConsentMissing(_("The household gives a mandate only after it has consented."))


def check_code(*, case: OnboardingCase, purpose: Purpose, typed: str, actor: User, now: datetime) -> DoorstepCode:
    """The code that was meant, not yet used up. Raises CodeRefused, PhoneInDoubt; TooManyAttempts for a volunteer who
    only guesses.

    Runs before the caller's transaction, so that a wrong try stays counted.
    """
    count_attempt(what="doorstep-guesses", whose=str(actor.pk), **MAX_GUESSES_PER_VOLUNTEER, now=now)
    require_undoubted_phone(case.household, now)
    code = DoorstepCode.objects.filter(household=case.household, purpose=purpose).order_by("-sent_at", "-pk").first()
    if code is None or code.used_at or code.phone != case.household.phone:
        raise CodeRefused(_("There is no code to check. Send a new one."))
    if now >= code.expires_at:
        raise CodeRefused(_("This code is too old. Send a new one."))
    judge(code, typed=typed, salt=_salt(case.household.pk, purpose))
    return code


def _salt(household_id: int, purpose: str) -> str:
    return f"onboarding.doorstep.{household_id}.{purpose}"


def _text(code: DoorstepCode, secret: str) -> str:
    """In the household's language, whatever language the volunteer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        if code.purpose == Purpose.CONSENT:
            words = gettext("agree that Chợ Nhà Nông opens your storefront")
        else:
            scopes = ", ".join(str(Scope(scope).label) for scope in code.terms["scopes"])
            words = gettext("allow %(team)s for %(days)s days: %(scopes)s") % {
                "team": code.team.name,
                "days": code.terms["days"],
                "scopes": scopes,
            }
        text = gettext("%(code)s is your code to %(words)s. Read it to the volunteer only if you agree. 15 minutes.")
        return text % {"code": secret, "words": words}
