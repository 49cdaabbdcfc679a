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
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When

from core.locks import lock_rows
from messaging.models import MessageState, OutgoingMessage
from messaging.senders import MessageRefused, NotTaken, configured_sender

logger = logging.getLogger(__name__)

CLAIMED_FOR = timedelta(minutes=2)  # longer than any sender takes to answer MAX_AT_ONCE times, ten seconds each
MAX_AT_ONCE = 11
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
    """Send one message whose turn has come; True when it left now. As ``deliver_messages``."""
    return bool(deliver_messages(message_ids=[message_id], now=now))


def deliver_messages(*, message_ids: Sequence[int], now: datetime) -> int:
    """Send those of these messages whose turn has come, MAX_AT_ONCE at most; says how many left now.

    What is not taken is noted, never raised. A fault of the sender is raised after the others were sent; that message
    is sent again when its lease is over. Must be called outside a transaction, else RuntimeError: a gateway that hangs
    would hold the caller's locks.
    """
    if len(message_ids) > MAX_AT_ONCE:
        raise ValueError(f"One lease lasts for {MAX_AT_ONCE} messages.")
    sent: list[OutgoingMessage] = []
    faults: list[Exception] = []
    try:
        for message in _claim(message_ids, now):
            try:
                left = _hand_over(message, now)
            except Exception as fault:  # a fault of the sender at this message keeps no other from leaving
                logger.exception("Message %s broke the sender.", message.key)
                faults.append(fault)
            else:
                sent += [message] * left
    finally:
        _end(sent, MessageState.SENT, sent_at=now)
    if faults:
        raise faults[0]
    return len(sent)


def _hand_over(message: OutgoingMessage, now: datetime) -> bool:
    try:
        configured_sender().send(phone=message.phone, text=message.text, key=message.key)
    except MessageRefused as refusal:
        logger.error("Message %s is refused for ever: %s", message.key, refusal)
        _end([message], MessageState.REFUSED, error=str(refusal))
        return False
    except NotTaken as failure:
        logger.warning("Message %s was not taken at attempt %s: %s", message.key, message.attempts, failure)
        _wait(message, now, error=str(failure))
        return False
    return True


def _claim(message_ids: Sequence[int], now: datetime) -> list[OutgoingMessage]:
    """Those that are due, for this worker alone until its lease is over. Those that have come to their end are ended.

    Whoever comes second finds the rows not due. PostgreSQL lets him wait for the first, whose transaction holds no more
    than these statements, so SKIP LOCKED would win nothing.
    """
    claimed = []
    with transaction.atomic(durable=True):
        due = OutgoingMessage.objects.filter(state=MessageState.WAITING, next_attempt_at__lte=now)
        locked = lock_rows(due.filter(pk__in=message_ids))
        leased = OutgoingMessage.objects.filter(pk__in=[message.pk for message in locked])
        leased.update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIMED_FOR)
        for message in locked:
            message.attempts += 1
            if message.expires_at and message.expires_at <= now:
                _end([message], MessageState.EXPIRED)
            elif message.attempts > MAX_ATTEMPTS:
                _end([message], MessageState.GIVEN_UP, error=message.last_error)
            else:
                claimed.append(message)
    return claimed


def _wait(message: OutgoingMessage, now: datetime, *, error: str) -> None:
    """Put the next attempt a pause ahead, or end the message when there will be none."""
    next_attempt_at = now + pause_after(message.attempts, key=message.key)
    if message.attempts >= MAX_ATTEMPTS:
        logger.error("Message %s is given up after %s attempts: %s", message.key, message.attempts, error)
        _end([message], MessageState.GIVEN_UP, error=error)
    elif message.expires_at and message.expires_at <= next_attempt_at:
        _end([message], MessageState.EXPIRED, error=error)
    else:
        # Only under this worker's own lease: another may have claimed the message since.
        mine = OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.WAITING, attempts=message.attempts)
        mine.update(next_attempt_at=next_attempt_at, last_error=error[:200])


def _end(
    messages: Sequence[OutgoingMessage], state: MessageState, *, sent_at: datetime | None = None, error: str = ""
) -> None:
    """A secret text is wiped, where nobody reads it on the screen."""
    text = F("text") if settings.SHOW_OUTBOX else Case(When(is_secret=True, then=Value("")), default=F("text"))
    waiting = OutgoingMessage.objects.filter(state=MessageState.WAITING)
    waiting.filter(pk__in=[message.pk for message in messages]).update(
        state=state, next_attempt_at=None, sent_at=sent_at, text=text, last_error=error[:200]
    )
