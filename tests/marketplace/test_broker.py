"""Background work through a real broker and a real worker: the message leaves in another process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROKER = os.environ.get("TEST_BROKER_URL", "")
pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(not BROKER, reason="needs a broker: set TEST_BROKER_URL"),
]

WRITE = """
import django; django.setup()
from django.utils import timezone
from messaging.services import send_message
send_message(phone="+84912000001", text="Xin chào", key="broker-test", now=timezone.now())
"""
READ = """
import django; django.setup()
from messaging.models import OutgoingMessage
print("sent" if OutgoingMessage.objects.get(key="broker-test").sent_at else "waiting")
"""


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.development",
        "VAR_DIR": str(tmp_path),
        "CELERY_BROKER_URL": BROKER,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'broker.sqlite3'}",
    }
    ready = {**os.environ, **settings}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=ready, check=True)
    return ready


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def worker(environment) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "marketplace", "worker", "--concurrency", "1", "-l", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    yield
    process.terminate()
    process.wait(timeout=30)


def test_message_waits_for_the_worker_and_then_leaves_once(environment, request):
    run(WRITE, environment)
    assert run(READ, environment) == "waiting"
    request.getfixturevalue("worker")
    deadline = time.monotonic() + 60
    while run(READ, environment) != "sent":
        assert time.monotonic() < deadline, "the worker did not send it"
        time.sleep(1)
