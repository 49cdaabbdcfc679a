"""Background delivery; safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from core.work import enqueue
from messaging.delivery import deliver_message
from messaging.selectors import due_message_ids


@shared_task
def deliver(message_id: int) -> None:
    deliver_message(message_id=message_id, now=timezone.now())


@shared_task
def deliver_waiting() -> None:
    """Hand over what is due: what a broker, a worker or the gateway left behind."""
    for message_id in due_message_ids(timezone.now()):
        enqueue(deliver, message_id)
