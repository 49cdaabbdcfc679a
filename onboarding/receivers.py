"""What onboarding hears from below: a household's listing changed, its account was closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.work import enqueue
from households.models import Household
from onboarding.models import OnboardingCase
from onboarding.selectors import consent_waits
from onboarding.tasks import listing_shown


def on_listing_changed(product_id: int, **_signal: Any) -> None:
    """Only households with an open case matter; most changes end here after one query."""
    waiting = OnboardingCase.objects.filter(
        outcome=OnboardingCase.Outcome.OPEN, household__products=product_id
    ).values_list("household_id", flat=True)
    for household_id in waiting:
        enqueue(listing_shown, household_id)


def on_account_closed(household: Household, actor: User | None, now: datetime, reason: str, **_signal: Any) -> None:
    """Nobody goes on helping on line a household that has left, and no paper of it waits any more."""
    from onboarding.services import give_up_case, take_back_consent

    if consent_waits(household, now):
        take_back_consent(household=household, actor=actor, now=now)

    why = reason or str(_("The household closed its account."))
    for case in household.onboarding_cases.filter(outcome=OnboardingCase.Outcome.OPEN).order_by("pk"):
        give_up_case(case=case, reason=why, actor=actor, now=now)


def on_migrated(**_signal: Any) -> None:
    """Right after the tables exist, so that no household meets a consent page without its text."""
    from onboarding.services import load_consent_texts

    load_consent_texts()
