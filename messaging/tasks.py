"""Background delivery; safe to repeat."""

from __future__ import annotations

from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from core.work import enqueue
from messaging.delivery import MAX_AT_ONCE, deliver_messages
from messaging.selectors import due_message_ids


@shared_task
def deliver(*message_ids: int) -> None:
    deliver_messages(message_ids=message_ids, now=timezone.now())


def deliver_soon(message_ids: Sequence[int]) -> None:
    """Have these messages delivered after the commit, as many by one task as one lease suffices for."""
    for start in range(0, len(message_ids), MAX_AT_ONCE):
        enqueue(deliver, *message_ids[start : start + MAX_AT_ONCE])


@shared_task
def deliver_waiting() -> None:
    """Hand over what is due: what a broker, a worker or the gateway left behind."""
    deliver_soon(due_message_ids(timezone.now()))
