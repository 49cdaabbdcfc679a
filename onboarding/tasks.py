"""Background work of onboarding: ids in, one service call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from core.work import enqueue
from onboarding.selectors import households_with_unnoted_consent, households_with_unnoted_listing
from onboarding.services import note_held_consent, record_first_listing


@shared_task
def listing_shown(household_id: int) -> bool:
    return record_first_listing(household_id=household_id, now=timezone.now())


@shared_task
def sweep_first_listings() -> None:
    """Note what was not noted when the listing was sent: the broker was away, or the worker stopped."""
    for household_id in households_with_unnoted_listing():
        enqueue(listing_shown, household_id)


@shared_task
def paper_consent_holds(household_id: int) -> bool:
    return note_held_consent(household_id=household_id, now=timezone.now())


@shared_task
def sweep_paper_consents() -> None:
    """Open the accounts of households whose consent on paper began to hold; the consent holds without it."""
    for household_id in households_with_unnoted_consent(timezone.now()):
        enqueue(paper_consent_holds, household_id)
