"""A message is tried with growing pauses until it has left or come to another end, and never inside a transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from messaging import senders
from messaging.delivery import (
    CLAIMED_FOR,
    FIRST_PAUSE,
    MAX_ATTEMPTS,
    MAX_PAUSE,
    deliver_message,
    pause_after,
)
from messaging.models import MessageState, OutgoingMessage
from messaging.selectors import due_message_ids
from messaging.senders import NotTaken
from messaging.services import MessageNotSendable, send_again, send_message
from messaging.tasks import deliver_waiting
from tests.real_database import compete, own_database

PHONE = "+84912345678"
SECOND = timedelta(seconds=1)


class Away:
    def send(self, *, phone: str, text: str, key: str) -> None:
        raise NotTaken("away")


class Dies:
    """The process ends while it sends: nothing after the claim is written."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        raise KeyboardInterrupt


@pytest.fixture
def gateway_is(monkeypatch):
    return lambda sender: monkeypatch.setitem(senders.SENDERS, "memory", sender)


def written(now, **changes: Any) -> OutgoingMessage:
    return send_message(**{"phone": PHONE, "text": "Có đơn mới", "key": "order-1", "now": now, **changes})


def code(now, key: str = "code-1") -> OutgoingMessage:
    return written(now, key=key, text="Mã 123456", expires_at=now + timedelta(minutes=10), is_secret=True)


def test_pauses_grow_to_a_most_and_differ_from_message_to_message():
    pauses = [pause_after(attempts, key="order-1") for attempts in range(1, MAX_ATTEMPTS)]
    assert FIRST_PAUSE <= pauses[0] < FIRST_PAUSE * 1.25
    assert pauses[:10] == sorted(pauses[:10])
    assert MAX_PAUSE <= pauses[-1] <= MAX_PAUSE * 1.25
    assert timedelta(hours=20) < sum(pauses, timedelta()) < timedelta(hours=26)
    assert len({pause_after(3, key=f"order-{number}") for number in range(50)}) == 50


def test_a_message_that_is_not_taken_waits_its_pause_and_then_leaves(db, now, sent, monkeypatch):
    message = written(now)
    with monkeypatch.context() as patch:
        patch.setitem(senders.SENDERS, "memory", Away)
        assert not deliver_message(message_id=message.pk, now=now)
    due = now + pause_after(1, key=message.key)
    assert due_message_ids(due - SECOND) == []
    assert not deliver_message(message_id=message.pk, now=due - SECOND)
    assert due_message_ids(due) == [message.pk]
    assert deliver_message(message_id=message.pk, now=due)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.sent_at) == (MessageState.SENT, 2, due)
    assert len(sent) == 1


def test_a_message_is_given_up_after_the_last_attempt(db, now, gateway_is):
    gateway_is(Away)
    message, moment = written(now), now
    for _each in range(MAX_ATTEMPTS):
        message.refresh_from_db()
        assert message.state == MessageState.WAITING
        moment = message.next_attempt_at
        deliver_message(message_id=message.pk, now=moment)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (MessageState.GIVEN_UP, MAX_ATTEMPTS, "away")
    assert moment - now < timedelta(hours=26)
    assert due_message_ids(now + timedelta(days=30)) == []


def test_a_code_is_sent_until_it_expires_and_never_after(db, now, sent):
    early, late = code(now), code(now, "code-2")
    assert deliver_message(message_id=early.pk, now=early.expires_at - SECOND)
    assert not deliver_message(message_id=late.pk, now=late.expires_at)
    late.refresh_from_db()
    assert (late.state, late.sent_at) == (MessageState.EXPIRED, None)
    assert [key for _phone, _text, key in sent] == [early.key]


def test_a_code_whose_next_attempt_would_come_too_late_ends_at_once_and_is_wiped(db, now, gateway_is, settings):
    settings.SHOW_OUTBOX = False
    gateway_is(Away)
    message = code(now)
    deliver_message(message_id=message.pk, now=message.expires_at - SECOND)
    message.refresh_from_db()
    assert (message.state, message.text) == (MessageState.EXPIRED, "")


def test_no_secret_is_written_that_does_not_expire(db, now):
    with pytest.raises(ValueError, match="until when"):
        written(now, is_secret=True)
    message = code(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMessage.objects.filter(pk=message.pk).update(expires_at=None)


def test_a_worker_that_dies_repeats_the_message_under_its_key_once_the_claim_is_over(db, now, sent, monkeypatch):
    message = written(now)
    with monkeypatch.context() as patch:
        patch.setitem(senders.SENDERS, "memory", Dies)
        with pytest.raises(KeyboardInterrupt):
            deliver_message(message_id=message.pk, now=now)
    assert not deliver_message(message_id=message.pk, now=now + CLAIMED_FOR - SECOND)
    assert deliver_message(message_id=message.pk, now=now + CLAIMED_FOR)
    assert [key for _phone, _text, key in sent] == [message.key]


def test_a_message_that_kills_every_worker_is_given_up_too(db, now, sent, monkeypatch):
    message, moment = written(now), now
    with monkeypatch.context() as patch:
        patch.setitem(senders.SENDERS, "memory", Dies)
        for _each in range(MAX_ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                deliver_message(message_id=message.pk, now=moment)
            moment += CLAIMED_FOR
    assert not deliver_message(message_id=message.pk, now=moment)
    message.refresh_from_db()
    assert message.state == MessageState.GIVEN_UP
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_the_sender_works_in_no_transaction(now, gateway_is):
    seen = []

    class Looks:
        def send(self, *, phone: str, text: str, key: str) -> None:
            seen.append(connection.in_atomic_block)

    gateway_is(Looks)
    with transaction.atomic():
        message = written(now)
    with pytest.raises(RuntimeError), transaction.atomic():
        deliver_message(message_id=message.pk, now=now)
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_one_message_that_fails_stops_no_other_of_the_sweep(now, sent, gateway_is, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setitem(senders.SENDERS, "memory", Away)
        for number in range(3):
            written(now, key=f"order-{number}")
    OutgoingMessage.objects.update(next_attempt_at=now)

    class BreaksOnFirst(senders.MemorySender):
        def send(self, *, phone: str, text: str, key: str) -> None:
            if key == "order-0":
                raise ZeroDivisionError
            super().send(phone=phone, text=text, key=key)

    gateway_is(BreaksOnFirst)
    deliver_waiting()
    assert [key for _phone, _text, key in sent] == ["order-1", "order-2"]


@pytest.mark.concurrency
def test_of_workers_that_come_at_once_one_sends(django_db_setup, django_db_blocker, now, tmp_path, sent):
    with django_db_blocker.unblock(), own_database(tmp_path):
        message = written(now)
        sent.clear()
        OutgoingMessage.objects.update(state=MessageState.WAITING, next_attempt_at=now, sent_at=None, attempts=0)
        results = compete([lambda: deliver_message(message_id=message.pk, now=now)] * 6)
    assert sorted(map(str, results)) == ["False"] * 5 + ["True"]
    assert len(sent) == 1


def test_an_operator_sends_again_what_was_given_up_and_nothing_else(db, cast, now, sent):
    message = written(now)
    with pytest.raises(MessageNotSendable):
        send_again(message_id=message.pk, actor=cast.operator, now=now)
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=MessageState.GIVEN_UP, attempts=MAX_ATTEMPTS, next_attempt_at=None
    )
    send_again(message_id=message.pk, actor=cast.operator, now=now)
    assert deliver_message(message_id=message.pk, now=now)
    secret = code(now)
    OutgoingMessage.objects.filter(pk=secret.pk).update(state=MessageState.REFUSED, next_attempt_at=None)
    with pytest.raises(MessageNotSendable):
        send_again(message_id=secret.pk, actor=cast.operator, now=now)
