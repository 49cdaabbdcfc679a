"""A marketplace of its own in another process, started as `make run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ("DATABASE_URL", "ELASTICSEARCH_URL", "CELERY_BROKER_URL")
QUIET_SECONDS = 300
"""A start whose log says nothing new for so long has failed; a busy machine's may take any time."""


def environment_of(folder: Path, **more: str) -> dict[str, str]:
    """Embedded engines only, but for what is named in ``more``; all it keeps is below ``folder``."""
    inherited = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    own = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.development", "VAR_DIR": str(folder)}
    return inherited | own | more


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """Its address, with the demo province loaded."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = Path(environment["VAR_DIR"]) / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env=environment | {"PORT": str(port), "SITE_URL": address},
            stdout=output,
            stderr=output,
        )
    try:
        written, since = -1, time.monotonic()
        while not answers(address + "/"):
            assert process.poll() is None, log.read_text()
            if written != (written := log.stat().st_size):
                since = time.monotonic()
            assert time.monotonic() - since < QUIET_SECONDS, log.read_text()
            time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
