"""A start that ends where the serving would begin."""

from __future__ import annotations

import socket

import pytest
import waitress

from marketplace.management.commands import start


@pytest.fixture
def free_port(settings) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PORT = probe.getsockname()[1]
    return settings.PORT


@pytest.fixture
def served(monkeypatch, free_port) -> list[dict]:
    """What the server was asked to serve, in place of serving it."""
    calls: list[dict] = []
    monkeypatch.setattr(waitress, "serve", lambda application, **how: calls.append({"application": application, **how}))
    monkeypatch.setattr(start, "start_clock", lambda app: None)
    return calls
