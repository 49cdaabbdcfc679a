"""A message leaves once, after the change that caused it is certain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from messaging import senders
from messaging.delivery import deliver_message
from messaging.models import OutgoingMessage
from messaging.services import send_message

PHONE = "+84912345678"


def test_message_leaves_after_the_commit(db, now, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_message(phone=PHONE, text="Có đơn mới", key="order-1", now=now)
        assert sent == []
    assert sent == [(PHONE, "Có đơn mới", "order-1")]


def test_same_key_leaves_once(db, now, sent, django_capture_on_commit_callbacks):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            send_message(phone=PHONE, text="Có đơn mới", key="order-1", now=now)
    assert len(sent) == 1


def test_delivering_again_sends_nothing(db, now, sent):
    message = send_message(phone=PHONE, text="Có đơn mới", key="order-1", now=now)
    assert [deliver_message(message_id=message.pk, now=now) for _ in range(3)] == [True, False, False]
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_change_is_undone(now, sent):
    with transaction.atomic():
        send_message(phone=PHONE, text="Có đơn mới", key="order-1", now=now)
        transaction.set_rollback(True)
    assert sent == []
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(("shown", "kept"), [(False, ""), (True, "Mã 123456")])
def test_secret_text_is_wiped_once_sent_except_where_the_outbox_is_shown(db, now, sent, settings, shown, kept):
    settings.SHOW_OUTBOX = shown
    message = send_message(
        phone=PHONE, text="Mã 123456", key="code-1", now=now, expires_at=now + timedelta(minutes=10), is_secret=True
    )
    deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert message.text == kept
    assert sent[0][1] == "Mã 123456"


def test_console_sender_shows_phone_and_text(capsys):
    senders.ConsoleSender().send(phone=PHONE, text="Có đơn mới", key="order-1")
    shown = capsys.readouterr().err
    assert PHONE in shown
    assert "Có đơn mới" in shown
