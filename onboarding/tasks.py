"""Background work of onboarding: ids in, one service call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from onboarding.services import record_first_listing


@shared_task
def listing_shown(household_id: int) -> bool:
    return record_first_listing(household_id=household_id, now=timezone.now())
