"""What listings hear from beside and below: a photo will never be ready, an account was closed."""

from __future__ import annotations

from typing import Any

from catalog.listing.tasks import end_changes, take_off
from core.work import enqueue
from households.models import Household


def on_photo_failed(listing_id: int, **_signal: Any) -> None:
    """After the commit, because whoever writes a listing locks it before its photos."""
    enqueue(take_off, listing_id)


def on_account_closed(household: Household, **_signal: Any) -> None:
    """A closed account proposes nothing. After the commit, because other receivers lock what comes before listings."""
    enqueue(end_changes, household.pk)
