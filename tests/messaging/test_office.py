"""Operators see which messages did not arrive, and send them again; nobody else does, and no text is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from messaging.models import MessageState, OutgoingMessage
from messaging.services import send_message
from tests.sign_in import sign_in

LIST = "/quan-tri/messaging/outgoingmessage/"
NOTICE = "1 tin nhắn tuần này không đến nơi."


@pytest.fixture
def given_up(cast, now) -> OutgoingMessage:
    message = send_message(phone="+84912345678", text="Có đơn mới", key="order-1", now=now)
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=MessageState.GIVEN_UP, next_attempt_at=None, last_error="The message gateway answered 503."
    )
    return message


def test_an_operator_is_told_sees_why_and_sends_it_again(client, cast, now, given_up, time_machine):
    time_machine.move_to(now + timedelta(hours=1))
    sign_in(client, cast.operator)
    assert NOTICE in client.get("/tai-khoan/").content.decode()
    page = client.get(LIST).content.decode()
    assert "answered 503" in page
    assert "Có đơn mới" not in client.get(f"{LIST}{given_up.pk}/change/").content.decode()
    client.post(LIST, {"action": "send_messages_again", "_selected_action": [given_up.pk]})
    given_up.refresh_from_db()
    assert given_up.state == MessageState.WAITING
    assert NOTICE not in client.get("/tai-khoan/").content.decode()


@pytest.mark.parametrize("who", ["province_officer", "volunteer", "buyer"])
def test_nobody_else_is_told_or_sees_it(client, cast, now, given_up, who, time_machine):
    time_machine.move_to(now + timedelta(hours=1))
    sign_in(client, getattr(cast, who))
    assert NOTICE not in client.get("/tai-khoan/").content.decode()
    assert client.get(LIST).status_code in (302, 403)


def test_an_old_failure_is_not_told_for_ever(client, cast, now, given_up, time_machine):
    time_machine.move_to(now + timedelta(days=8))
    sign_in(client, cast.operator)
    assert NOTICE not in client.get("/tai-khoan/").content.decode()


def test_an_operator_changes_no_message_by_hand(client, cast, given_up):
    sign_in(client, cast.operator)
    client.post(f"{LIST}{given_up.pk}/change/", {"phone": "+84912000000"})
    client.post(f"{LIST}{given_up.pk}/delete/", {"post": "yes"})
    given_up.refresh_from_db()
    assert given_up.phone == "+84912345678"
