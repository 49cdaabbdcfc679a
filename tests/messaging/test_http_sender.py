"""The gateway of text messages: a real server on this machine takes or refuses."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from messaging.delivery import deliver_message
from messaging.models import MessageState
from messaging.selectors import due_message_ids
from messaging.senders import HttpSender, MessageRefused, NotTaken
from messaging.services import send_message

MESSAGE = {"phone": "+84912345678", "text": "Có đơn mới", "key": "order-1"}


class Gateway(HTTPServer):
    answer = 202

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["Authorization"], body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def gateway(settings):
    server = Gateway()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.MESSAGE_SENDER = "http"
    settings.MESSAGE_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.MESSAGE_GATEWAY_TOKEN = "hush"
    yield server
    server.shutdown()
    server.server_close()


def test_gateway_gets_the_message_and_our_token(gateway):
    HttpSender().send(**MESSAGE)
    assert gateway.taken == [("Bearer hush", MESSAGE)]


@pytest.mark.parametrize("answer", [302, 401, 404, 408, 429, 500, 503])
def test_an_answer_about_the_gateway_lets_the_message_wait(gateway, answer):
    gateway.answer = answer
    with pytest.raises(NotTaken, match=str(answer)):
        HttpSender().send(**MESSAGE)


@pytest.mark.parametrize("answer", [400, 410, 413, 422])
def test_an_answer_about_the_message_refuses_it_for_ever(gateway, answer):
    gateway.answer = answer
    with pytest.raises(MessageRefused, match=str(answer)):
        HttpSender().send(**MESSAGE)


def test_a_gateway_that_does_not_answer_lets_the_message_wait(gateway, settings):
    settings.MESSAGE_GATEWAY_URL = "http://127.0.0.1:1/send"
    with pytest.raises(NotTaken):
        HttpSender().send(**MESSAGE)


def test_a_refused_message_holds_up_no_other(db, gateway, now):
    refused = send_message(**MESSAGE, now=now)
    gateway.answer = 422
    assert not deliver_message(message_id=refused.pk, now=now)
    gateway.answer = 200
    fine = send_message(**{**MESSAGE, "key": "order-2"}, now=now)
    assert due_message_ids(now + timedelta(days=1)) == [fine.pk]
    assert deliver_message(message_id=fine.pk, now=now)
    refused.refresh_from_db()
    assert (refused.state, refused.attempts, refused.next_attempt_at) == (MessageState.REFUSED, 1, None)
    assert "422" in refused.last_error
