"""Background delivery; safe to repeat."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from core.work import enqueue
from messaging.delivery import deliver_message
from messaging.selectors import waiting_message_ids

SWEEP_AFTER = timedelta(minutes=2)


@shared_task
def deliver(message_id: int) -> None:
    deliver_message(message_id=message_id, now=timezone.now())


@shared_task
def deliver_waiting() -> None:
    """Hand over again what was written some time ago and has not left."""
    for message_id in waiting_message_ids(timezone.now() - SWEEP_AFTER):
        enqueue(deliver, message_id)
