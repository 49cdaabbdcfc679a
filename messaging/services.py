"""Sending text messages: written with the change that caused them, delivered after it is certain."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from messaging.models import OutgoingMessage
from messaging.senders import configured_sender


def send_message(*, phone: str, text: str, key: str, now: datetime, is_secret: bool = False) -> OutgoingMessage:
    """Write one message in the caller's transaction; it leaves after the commit, once for each ``key``.

    ``phone`` is in E.164. ``is_secret`` marks a text, such as a one-time code, that is not kept once sent.
    """
    message, is_new = OutgoingMessage.objects.get_or_create(
        key=key, defaults={"phone": phone, "text": text, "is_secret": is_secret, "created_at": now}
    )
    if is_new:
        # A sender or broker that is down must not break the page: the error is logged and the row is swept later.
        transaction.on_commit(lambda: _hand_over(message.pk), robust=True)
    return message


def _hand_over(message_id: int) -> None:
    from messaging.tasks import deliver  # the task calls this module

    deliver.delay(message_id)


@transaction.atomic
def deliver_message(*, message_id: int, now: datetime) -> bool:
    """Send one message unless it has left already; True when it left now."""
    message = OutgoingMessage.objects.select_for_update().filter(pk=message_id, sent_at__isnull=True).first()
    if message is None:
        return False
    configured_sender().send(phone=message.phone, text=message.text, key=message.key)
    message.sent_at = now
    if message.is_secret and not settings.SHOW_OUTBOX:
        message.text = ""
    message.save(update_fields=["sent_at", "text"])
    return True
