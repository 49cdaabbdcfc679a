"""Production refuses default secrets and embedded engines, and says which setting is missing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

REAL = {
    "SECRET_KEY": "TnPzq2m0Zf_rV7cJx5Lw-8Yb3HsKdG1oAeUiQvX6tM4RjN9yWBhgaSlEkCDp",
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
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "abc123" * 12),
        ("SECRET_KEY", "change-me-" * 6),
        ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
        ("SECRET_KEY_FALLBACKS", "too-short"),
        ("SECRET_KEY_FALLBACKS", "for-development-only-never-in-production"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "cho.example.vn,*"),
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


SHOW_DEBUG = "import importlib; importlib.import_module({!r}); from django.conf import settings; print(settings.DEBUG)"


def load(module: str, tmp_path, **variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **variables}
    command = [sys.executable, "-c", SHOW_DEBUG.format(module)]
    return subprocess.run(command, env=surroundings, cwd=settings.ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("module", ["marketplace.celery", "marketplace.wsgi"])
def test_what_serves_is_production_unless_development_is_asked_for(tmp_path, module):
    """A worker or a server that somebody starts by hand must not show codes and run on the embedded engines."""
    without = load(module, tmp_path)
    assert without.returncode != 0
    assert "Production needs: SECRET_KEY" in without.stderr


def test_worker_runs_as_development_where_that_is_said(tmp_path):
    asked = load("marketplace.celery", tmp_path, DJANGO_SETTINGS_MODULE="marketplace.settings.development")
    assert asked.stdout.split() == ["True"], asked.stderr
