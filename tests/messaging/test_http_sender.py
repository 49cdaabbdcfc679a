"""The gateway of text messages: a real server on this machine takes or refuses."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from messaging.delivery import deliver_message
from messaging.models import OutgoingMessage
from messaging.senders import HttpSender, NotTaken
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


@pytest.mark.parametrize("answer", [302, 400, 503])
def test_refused_message_stays_in_the_outbox(db, gateway, now, answer):
    gateway.answer = answer
    message = send_message(**MESSAGE, now=now)
    with pytest.raises(NotTaken, match=str(answer)):
        deliver_message(message_id=message.pk, now=now)
    assert OutgoingMessage.objects.get().sent_at is None
    gateway.answer = 200
    assert deliver_message(message_id=message.pk, now=now)
