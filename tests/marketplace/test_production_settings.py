"""Production refuses default secrets and embedded engines, and says which setting is missing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

REAL = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgres://user:hush@db/market",
    "ELASTICSEARCH_URL": "http://search:9200",
    "CELERY_BROKER_URL": "redis://broker/1",
    "REDIS_URL": "redis://cache/0",
    "SITE_URL": "https://cho.example.vn",
    "MESSAGE_SENDER": "http",
    "MESSAGE_GATEWAY_URL": "https://sms.example.vn/send",
    "MESSAGE_GATEWAY_TOKEN": "hush",
}
SHOW = "from marketplace.settings import production as p; print(p.DEBUG, p.SHOW_OUTBOX, p.ALLOWED_HOSTS[-1])"


def start(tmp_path, **changed: str) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **REAL, **changed}
    return subprocess.run(
        [sys.executable, "-c", SHOW], env=surroundings, cwd=settings.ROOT, capture_output=True, text=True, timeout=300
    )


def test_production_starts_with_real_services_and_shows_nothing(tmp_path):
    done = start(tmp_path)
    assert done.stdout.split() == ["False", "False", "cho.example.vn"], done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "too-short"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///market.sqlite3"),
        ("ELASTICSEARCH_URL", ""),
        ("CELERY_BROKER_URL", ""),
        ("REDIS_URL", ""),
        ("MESSAGE_SENDER", "console"),
        ("SITE_URL", "http://cho.example.vn"),
    ],
)
def test_production_refuses(tmp_path, name, value):
    done = start(tmp_path, **{name: value})
    assert done.returncode != 0
    complaint = done.stderr.strip().splitlines()[-1]
    assert f"{name}: " in complaint
    assert complaint.count(": ") == 3, "one thing is missing, one is named"
    assert "hush" not in done.stderr
