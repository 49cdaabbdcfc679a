"""One-time codes at the door: sent to the household's phone, read to the volunteer, good for one yes.

A code says yes to one thing and opens no account, so the volunteer never learns a secret that could.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from households.models import Scope
from messaging.services import send_message
from onboarding.models import DoorstepCode, OnboardingCase
from onboarding.selectors import has_consent
from onboarding.services.cases import require_serving

GOOD_FOR = timedelta(minutes=15)
MAX_TRIES = 5
MAX_CODES_A_DAY = 6
Purpose = DoorstepCode.Purpose


class ConsentMissing(DomainError):
    code = "consent_missing"


class CodeRefused(DomainError):
    code = "code_refused"
    field = "code"


@transaction.atomic
def request_code(
    *, case: OnboardingCase, purpose: Purpose, actor: User, now: datetime, terms: dict[str, Any] | None = None
) -> DoorstepCode:
    """Send a fresh code to the household's phone; earlier ones for the same purpose no longer count.

    ``terms`` are what the household says yes to; the message repeats them. Raises CodeRefused after too many,
    CaseRefused when the team no longer serves the household.
    """
    household = case.household
    require_serving(actor, household, case.team, now)
    if purpose == Purpose.MANDATE and not has_consent(household):
        raise ConsentMissing(_("The household gives a mandate only after it has consented."))
    today = DoorstepCode.objects.filter(household=household, sent_at__gt=now - timedelta(days=1))
    if today.count() >= MAX_CODES_A_DAY:
        raise CodeRefused(_("Six codes were sent to this phone within a day. Try tomorrow, or let the household sign."))
    secret = f"{secrets.randbelow(10**6):06}"
    code = DoorstepCode.objects.create(
        household=household,
        team=case.team,
        purpose=purpose,
        terms=terms or {},
        digest=_digest(household.pk, purpose, secret),
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


def check_code(*, case: OnboardingCase, purpose: Purpose, typed: str, now: datetime) -> DoorstepCode:
    """The code that was meant, not yet used up. Raises CodeRefused.

    Runs before the caller's transaction, so that a wrong try stays counted.
    """
    code = DoorstepCode.objects.filter(household=case.household, purpose=purpose).order_by("-sent_at", "-pk").first()
    if code is None or code.used_at or code.phone != case.household.phone:
        raise CodeRefused(_("There is no code to check. Send a new one."))
    if now >= code.expires_at:
        raise CodeRefused(_("This code is too old. Send a new one."))
    counted = DoorstepCode.objects.filter(pk=code.pk, tries__lt=MAX_TRIES).update(tries=F("tries") + 1)
    if not counted:
        raise CodeRefused(_("Too many wrong tries. Send a new code."))
    digits = "".join(character for character in typed if character.isdecimal())
    if not constant_time_compare(code.digest, _digest(case.household.pk, purpose, digits)):
        left = MAX_TRIES - code.tries - 1
        raise CodeRefused(
            ngettext("The code is not right. %(left)s try left.", "The code is not right. %(left)s tries left.", left)
            % {"left": left}
        )
    return code


def mark_used(code: DoorstepCode, now: datetime) -> None:
    """In the caller's transaction. Raises CodeRefused when the same code was used at the same moment."""
    if not DoorstepCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        raise CodeRefused(_("There is no code to check. Send a new one."))


def _digest(household_id: int, purpose: str, secret: str) -> str:
    return salted_hmac(f"onboarding.doorstep.{household_id}.{purpose}", secret, algorithm="sha256").hexdigest()


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
