"""What onboarding hears from below: a household's listing changed."""

from __future__ import annotations

from typing import Any

from core.work import enqueue
from onboarding.models import OnboardingCase
from onboarding.tasks import listing_shown


def on_listing_changed(product_id: int, **_signal: Any) -> None:
    """Only households with an open case matter; most changes end here after one query."""
    waiting = OnboardingCase.objects.filter(
        outcome=OnboardingCase.Outcome.OPEN, household__products=product_id
    ).values_list("household_id", flat=True)
    for household_id in waiting:
        enqueue(listing_shown, household_id)


def on_migrated(**_signal: Any) -> None:
    """Right after the tables exist, so that no household meets a consent page without its text."""
    from onboarding.services import load_consent_texts

    load_consent_texts()
