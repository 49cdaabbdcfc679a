"""Messages are written with the change that caused them; messaging.delivery sends them after it is certain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from core.work import enqueue
from messaging.models import MessageState, OutgoingMessage
from messaging.tasks import deliver


class MessageNotSendable(DomainError):
    """It left already, still waits, or its text was wiped."""

    code = "message_not_sendable"


def send_message(
    *,
    phone: str,
    text: str,
    key: str,
    now: datetime,
    send_at: datetime | None = None,
    expires_at: datetime | None = None,
    is_secret: bool = False,
) -> OutgoingMessage:
    """Write one message in the caller's transaction; it leaves after the commit, once for each ``key``.

    ``phone`` is in E.164. ``is_secret`` marks a text, such as a one-time code, that is not kept once the message has
    ended; it needs ``expires_at``, after which nothing is sent: a code that comes late only misleads. ``send_at`` keeps
    the message until then; so long it can be withdrawn.
    """
    if is_secret and expires_at is None:
        raise ValueError("A secret message says until when it is worth sending.")
    message, is_new = OutgoingMessage.objects.get_or_create(
        key=key,
        defaults={
            "phone": phone,
            "text": text,
            "is_secret": is_secret,
            "created_at": now,
            "next_attempt_at": send_at or now,
            "expires_at": expires_at,
        },
    )
    if is_new and message.next_attempt_at == now:
        enqueue(deliver, message.pk)
    return message


def withdraw_message(*, key: str) -> bool:
    """Send nothing for this cause: it was taken back. False when the message has left, or is just being sent.

    True also where nothing was to be sent.
    """
    message = OutgoingMessage.objects.filter(key=key)
    unsent = message.filter(state=MessageState.WAITING, attempts=0)
    return bool(unsent.update(state=MessageState.WITHDRAWN, next_attempt_at=None)) or not message.exists()


@in_transaction
def send_again(*, message_id: int, actor: Any, now: datetime) -> OutgoingMessage:
    """An operator's wish, once the gateway or the number is right again. Raises MessageNotSendable."""
    message = lock_row(OutgoingMessage.objects.all(), pk=message_id)
    if message.state not in (MessageState.REFUSED, MessageState.GIVEN_UP) or message.is_secret:
        raise MessageNotSendable(
            _("Only a refused or given up message can be sent again, and never one with a code: %(key)s.")
            % {"key": message.key}
        )
    before, message.state = message.state, MessageState.WAITING
    message.attempts, message.next_attempt_at = 0, now
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    changes = {"state": [before, message.state]}
    audit.record(action="send_message_again", subject=message, now=now, actor=actor, changes=changes)
    enqueue(deliver, message.pk)
    return message
