"""Handing messages to the sender: claimed, sent outside any transaction, then ended or tried again.

    waiting ── claim ──> handed to the sender ── taken ──────────────────> sent
       ^                    │ not taken        ── refused for ever ──────> refused
       └── growing pause ───┘                  ── MAX_ATTEMPTS claims ───> given up
                                               ── expires_at has come ───> expired

A claim is a lease: it counts the attempt and puts the next one CLAIMED_FOR ahead. A worker that dies between claim and
"sent" leaves the row waiting, and it is sent again when the lease is over: at least once, with the same key, by which
the gateway recognises a repeat. A message that kills its worker each time is given up like any other, since the claims
are counted before the sending.
"""

from __future__ import annotations

import logging
import zlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from messaging.models import MessageState, OutgoingMessage
from messaging.senders import MessageRefused, NotTaken, configured_sender

logger = logging.getLogger(__name__)

CLAIMED_FOR = timedelta(minutes=2)  # longer than any sender takes to answer
FIRST_PAUSE, MAX_PAUSE = timedelta(seconds=30), timedelta(hours=6)
MAX_ATTEMPTS = 13  # with these pauses between twenty and twenty-six hours: a gateway's outage of a night loses nothing


def pause_after(attempts: int, *, key: str) -> timedelta:
    """30 seconds, then double each time up to MAX_PAUSE, and up to a quarter more.

    The more is drawn from ``key``, the same at every call: messages that failed together do not come back together.
    """
    share = zlib.crc32(f"{key}:{attempts}".encode()) / 2**32
    pause = min(FIRST_PAUSE * 2.0 ** (attempts - 1), MAX_PAUSE)
    return pause * (1 + share / 4)


def deliver_message(*, message_id: int, now: datetime) -> bool:
    """Send one message whose turn has come; True when it left now. What fails is noted, never raised.

    Must be called outside a transaction, else RuntimeError: a gateway that hangs would hold the caller's locks.
    """
    message = _claim(message_id, now)
    if message is None:
        return False
    try:
        configured_sender().send(phone=message.phone, text=message.text, key=message.key)
    except MessageRefused as refusal:
        logger.error("Message %s is refused for ever: %s", message.key, refusal)
        _end(message, MessageState.REFUSED, error=str(refusal))
        return False
    except NotTaken as failure:
        logger.warning("Message %s was not taken at attempt %s: %s", message.key, message.attempts, failure)
        _wait(message, now, error=str(failure))
        return False
    _end(message, MessageState.SENT, sent_at=now)
    return True


def _claim(message_id: int, now: datetime) -> OutgoingMessage | None:
    """The message, for this worker alone until its lease is over; None when it is not due or has come to its end.

    One conditional UPDATE on every database: whoever comes second finds the row not due. PostgreSQL lets him wait for
    the first, whose transaction holds no more than this statement, so SKIP LOCKED would win nothing.
    """
    with transaction.atomic(durable=True):
        due = OutgoingMessage.objects.filter(pk=message_id, state=MessageState.WAITING, next_attempt_at__lte=now)
        if not due.update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIMED_FOR):
            return None
        message = OutgoingMessage.objects.get(pk=message_id)
        if message.expires_at and message.expires_at <= now:
            _end(message, MessageState.EXPIRED)
        elif message.attempts > MAX_ATTEMPTS:
            _end(message, MessageState.GIVEN_UP, error=message.last_error)
        else:
            return message
    return None


def _wait(message: OutgoingMessage, now: datetime, *, error: str) -> None:
    """Put the next attempt a pause ahead, or end the message when there will be none."""
    next_attempt_at = now + pause_after(message.attempts, key=message.key)
    if message.attempts >= MAX_ATTEMPTS:
        logger.error("Message %s is given up after %s attempts: %s", message.key, message.attempts, error)
        _end(message, MessageState.GIVEN_UP, error=error)
    elif message.expires_at and message.expires_at <= next_attempt_at:
        _end(message, MessageState.EXPIRED, error=error)
    else:
        # Only under this worker's own lease: another may have claimed the message since.
        mine = OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.WAITING, attempts=message.attempts)
        mine.update(next_attempt_at=next_attempt_at, last_error=error[:200])


def _end(message: OutgoingMessage, state: MessageState, *, sent_at: datetime | None = None, error: str = "") -> None:
    text = "" if message.is_secret and not settings.SHOW_OUTBOX else message.text
    OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
        state=state, next_attempt_at=None, sent_at=sent_at, text=text, last_error=error[:200]
    )
