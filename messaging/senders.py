"""The ways a message leaves: one port, chosen by MESSAGE_SENDER."""

from __future__ import annotations

import sys
from typing import ClassVar, Protocol

import requests
from django.conf import settings


class NotTaken(Exception):
    """The gateway did not take a message now; it stays in the outbox and is tried again."""


class MessageRefused(Exception):
    """The gateway will never take this message; trying again would change nothing."""


class Sender(Protocol):
    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand over one message; ``key`` lets the receiver recognise a repeat. Raises NotTaken, MessageRefused."""


class ConsoleSender:
    """Writes to the terminal that runs the server."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        sys.stderr.write(f"\n[{key}] {phone}\n    {text}\n")


class MemorySender:
    """Keeps what was sent in ``sent`` as (phone, text, key); for tests."""

    sent: ClassVar[list[tuple[str, str, str]]] = []

    def send(self, *, phone: str, text: str, key: str) -> None:
        self.sent.append((phone, text, key))


class HttpSender:
    """Hands each message to a gateway: POST with phone, text and key as JSON; any answer but 2xx is a refusal.

    The gateway is the operator's own bridge to its provider of text messages; by ``key`` it recognises a repeat.
    400, 410, 413 and 422 say that this message will never be taken. Every other answer is about the gateway (a wrong
    address or token, an overload), as is none at all: the message waits.
    """

    TIMEOUT_SECONDS = 10
    REFUSED_FOR_EVER = (400, 410, 413, 422)

    def send(self, *, phone: str, text: str, key: str) -> None:
        try:
            answer = requests.post(
                settings.MESSAGE_GATEWAY_URL,
                json={"phone": phone, "text": text, "key": key},
                headers={"Authorization": f"Bearer {settings.MESSAGE_GATEWAY_TOKEN}"},
                timeout=self.TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise NotTaken(f"The message gateway does not answer: {type(error).__name__}.") from error
        if answer.status_code in self.REFUSED_FOR_EVER:
            raise MessageRefused(f"The message gateway answered {answer.status_code}.")
        if not 200 <= answer.status_code < 300:
            raise NotTaken(f"The message gateway answered {answer.status_code}.")


SENDERS: dict[str, type[Sender]] = {"console": ConsoleSender, "http": HttpSender, "memory": MemorySender}


def configured_sender() -> Sender:
    return SENDERS[settings.MESSAGE_SENDER]()
