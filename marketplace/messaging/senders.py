"""The ways a message leaves: one port, chosen by MESSAGE_SENDER."""

from __future__ import annotations

import sys
from typing import ClassVar, Protocol

from django.conf import settings


class Sender(Protocol):
    def send(self, *, phone: str, text: str, key: str) -> None:
        """Hand over one message; ``key`` lets the receiver recognise a repeat. Raises when it was not taken."""


class ConsoleSender:
    """Writes to the terminal that runs the server."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        sys.stderr.write(f"\n[{key}] {phone}\n    {text}\n")


class MemorySender:
    """Keeps what was sent in ``sent`` as (phone, text, key); for tests."""

    sent: ClassVar[list[tuple[str, str, str]]] = []

    def send(self, *, phone: str, text: str, key: str) -> None:
        self.sent.append((phone, text, key))


SENDERS: dict[str, type[Sender]] = {"console": ConsoleSender, "memory": MemorySender}


def configured_sender() -> Sender:
    return SENDERS[settings.MESSAGE_SENDER]()
