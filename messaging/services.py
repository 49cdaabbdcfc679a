"""Messages are written with the change that caused them; messaging.delivery sends them after it is certain."""

from __future__ import annotations

from datetime import datetime

from core.work import enqueue
from messaging.models import OutgoingMessage
from messaging.tasks import deliver


def send_message(*, phone: str, text: str, key: str, now: datetime, is_secret: bool = False) -> OutgoingMessage:
    """Write one message in the caller's transaction; it leaves after the commit, once for each ``key``.

    ``phone`` is in E.164. ``is_secret`` marks a text, such as a one-time code, that is not kept once sent.
    """
    message, is_new = OutgoingMessage.objects.get_or_create(
        key=key, defaults={"phone": phone, "text": text, "is_secret": is_secret, "created_at": now}
    )
    if is_new:
        enqueue(deliver, message.pk)
    return message
