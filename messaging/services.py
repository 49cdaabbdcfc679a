"""Messages are written with the change that caused them; messaging.delivery sends them after it is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from messaging.models import MessageState, OutgoingMessage
from messaging.tasks import deliver_soon


class MessageNotSendable(DomainError):
    """It left already, still waits, or its text was wiped."""

    code = "message_not_sendable"


class _MessageFacts(TypedDict, total=False):
    phone: Required[str]
    text: Required[str]
    key: Required[str]
    send_at: datetime | None
    expires_at: datetime | None
    is_secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be written. ``phone`` is in E.164; the same ``key`` is sent once.

    ``is_secret`` marks a text, such as a one-time code, that is not kept once the message has ended; it needs
    ``expires_at``, after which nothing is sent: a code that comes late only misleads. ``send_at`` keeps the message
    until then; so long it can be withdrawn.
    """

    phone: str
    text: str
    key: str
    send_at: datetime | None = None
    expires_at: datetime | None = None
    is_secret: bool = False


def send_message(*, now: datetime, **facts: Unpack[_MessageFacts]) -> OutgoingMessage:
    """Write one message in the caller's transaction; ``facts`` are those of NewMessage."""
    return send_messages([NewMessage(**facts)], now=now)[0]


def send_messages(messages: Sequence[NewMessage], *, now: datetime) -> list[OutgoingMessage]:
    """Write messages in the caller's transaction, in two queries; each leaves after the commit, once for each key.

    Gives back the rows in the order of ``messages``: for a key that was written before, the row from then.
    """
    if any(message.is_secret and message.expires_at is None for message in messages):
        raise ValueError("A secret message says until when it is worth sending.")
    OutgoingMessage.objects.bulk_create(
        (
            OutgoingMessage(
                key=message.key,
                phone=message.phone,
                text=message.text,
                is_secret=message.is_secret,
                created_at=now,
                next_attempt_at=message.send_at or now,
                expires_at=message.expires_at,
            )
            for message in messages
        ),
        ignore_conflicts=True,
    )
    rows = {row.key: row for row in OutgoingMessage.objects.filter(key__in=[message.key for message in messages])}
    written = [rows[message.key] for message in messages]
    deliver_soon([row.pk for row in written if row.next_attempt_at == now])
    return written


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
    deliver_soon([message.pk])
    return message
