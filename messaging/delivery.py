"""Handing messages to the sender."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from messaging.models import OutgoingMessage
from messaging.senders import configured_sender


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
