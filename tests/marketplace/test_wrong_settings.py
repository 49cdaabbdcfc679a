"""A wrong value of any setting names the setting and the way to mend it, and never shows a secret."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core import env
from tests.marketplace.test_production_settings import REAL

SILLY_ADDRESSES = ("banana", "http://", "ftp://host", "redis://host:banana", "http://host:99999", "http://[::1")
WHOLE_NUMBERS = ("banana", "-1", "1.5", "99999999")
FLAGS = ("yes", "2", "banana")
CHOICES = ("banana", "CONSOLE")

WRONG: dict[str, tuple[str, ...]] = {
    "ACTIVE_WINDOW_DAYS": (*WHOLE_NUMBERS, "0"),
    "ALLOWED_HOSTS": ("https://cho.vn", "cho.vn:443", "cho.vn/", "cho .vn"),
    "ANSWER_WITHIN_HOURS": (*WHOLE_NUMBERS, "23", "721"),
    "CASH_LIMIT_DONG": (*WHOLE_NUMBERS, "0"),
    "CASH_LIMIT_QUANTITY": (*WHOLE_NUMBERS, "0"),
    "CELERY_BROKER_URL": SILLY_ADDRESSES,
    "DATABASE_URL": (
        "banana",
        "mysql://u:hush@h/n",
        "postgres://u:hush@h",
        "postgres://u:hush@h:banana/n",
        "postgres://u:hush@h/n?colour=red",
        "postgres://u:hu[sh@h/n",
        "sqlite://market.sqlite3",
        "sqlite:////no/such/folder/market.sqlite3",
    ),
    "ELASTICSEARCH_URL": SILLY_ADDRESSES,
    "FIELD_OFFLINE_HOURS": (*WHOLE_NUMBERS, "0", "169"),
    "FIELD_PHOTO_QUALITY": (*WHOLE_NUMBERS, "49", "96"),
    "FIELD_PHOTO_SIDE": (*WHOLE_NUMBERS, "799", "4001"),
    "FIELD_SIGN_IN_DAYS": (*WHOLE_NUMBERS, "0", "181"),
    "LOAD_DEMO": FLAGS,
    "LOG_LEVEL": CHOICES,
    "MESSAGE_GATEWAY_TOKEN": ("hush\nhush",),
    "MESSAGE_GATEWAY_URL": SILLY_ADDRESSES,
    "MESSAGE_SENDER": CHOICES,
    "METRICS_ADDRESSES": ("banana", "127.0.0.1:9090", "10.0.0.1/8"),
    "PAPER_PAUSE_DAYS": (*WHOLE_NUMBERS, "367"),
    "PAPER_WAIT_HOURS": (*WHOLE_NUMBERS, "0", "721"),
    "PORT": (*WHOLE_NUMBERS, "0", "65536"),
    "PROVEN_PHONE_HOURS": (*WHOLE_NUMBERS, "0", "721"),
    "REDIS_URL": SILLY_ADDRESSES,
    "REPORT_KEEP_DAYS": (*WHOLE_NUMBERS, "0"),
    "SEARCH_INDEX_PREFIX": ("Chợ", "a b", "_a", "a/b", "A"),
    "SECRET_KEY": ("hush\nhush",),
    "SITE_URL": (*SILLY_ADDRESSES, "https://cho.vn/market", "https://cho.vn/?q=1"),
    "STRIPE_API_BASE": SILLY_ADDRESSES,
    "STRIPE_SECRET_KEY": ("banana", "pk_live_hush"),
    "STRIPE_WEBHOOK_SECRET": ("banana", "sk_hush"),
    "TAKE_BACK_MINUTES": (*WHOLE_NUMBERS, "0", "241"),
    "VAR_DIR": ("/dev/null/var", f"{__file__}/var"),
}
# Read where they are used: HOST by `start` (test_start.py), the next two by the settings named after them.
ELSEWHERE = {
    "HOST": "start",
    "TEST_MIGRATIONS": "marketplace.settings.test",
    "TRUSTED_PROXY_COUNT": "marketplace.settings.production",
}
# A list of what once was SECRET_KEY; a folder that another library reads.
ANY_VALUE = {"PROMETHEUS_MULTIPROC_DIR", "SECRET_KEY_FALLBACKS"}


def load_base_settings() -> None:
    """Read the settings anew, beside those that the tests run with."""
    name = "marketplace.settings.base"
    kept = sys.modules.pop(name)
    try:
        importlib.import_module(name)
    finally:
        sys.modules[name] = kept
        sys.modules["marketplace.settings"].base = kept


def test_every_setting_has_wrong_values_here():
    documented = env.names_in(settings.ROOT / ".env.example", commented=True)
    assert set(WRONG) | set(ELSEWHERE) | ANY_VALUE == documented


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_wrong_value_is_refused_with_its_name_and_a_way_to_mend_it(monkeypatch, tmp_path, name, value):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        load_base_settings()
    said = str(refusal.value)
    assert said.startswith(name)
    assert re.search(r"write |choose |name a folder|make that folder|does not know", said)
    assert "hush" not in said


@pytest.mark.parametrize("kind", ["gone", "folder", "binary"])
def test_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, kind):
    file = tmp_path / "secret"
    if kind == "folder":
        file.mkdir()
    elif kind == "binary":
        file.write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL_FILE is .*secret"):
        load_base_settings()


def test_env_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_bytes("SITE_URL=chợ".encode("utf-16"))
    with pytest.raises(ImproperlyConfigured, match=r"\.env is no text: save the file as UTF-8"):
        env.load_file(file)


def test_env_file_that_may_not_be_read_is_named(monkeypatch, tmp_path):
    def refused(self: Path, encoding: str) -> str:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / ".env"
    file.touch()
    monkeypatch.setattr(Path, "read_text", refused)  # the permission itself says nothing to root
    with pytest.raises(ImproperlyConfigured, match=r"\.env cannot be read \(Permission denied\): let this user"):
        env.load_file(file)


@pytest.mark.parametrize("name", ["TEST_MIGRATIONS", "TRUSTED_PROXY_COUNT"])
def test_command_line_says_it_in_one_line(tmp_path, name):
    """Also for what other settings read: the last of all lines is the only one."""
    surroundings = {
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": ELSEWHERE[name],
        name: "banana",
        "SECRET_KEY": REAL["SECRET_KEY"],
        "DATABASE_URL": "postgres://user:hush@db/market" if "production" in ELSEWHERE[name] else "",
        "ELASTICSEARCH_URL": "http://search:9200",
        "CELERY_BROKER_URL": "redis://broker/1",
        "REDIS_URL": "redis://cache/0",
        "SITE_URL": "https://cho.example.vn",
        "MESSAGE_SENDER": "http",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"], env=surroundings, cwd=settings.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert line.startswith(f"Settings: {name} is 'banana': write ")


def test_options_of_a_database_reach_its_driver(monkeypatch):
    from marketplace.settings import databases

    found = databases.from_url("postgres://u:p%40ss@db:5433/market?sslmode=require&connect_timeout=3")
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": 3}
    assert (found["PASSWORD"], found["PORT"], found["CONN_MAX_AGE"]) == ("p@ss", 5433, 60)


def test_sqlite_keeps_its_journal_and_its_locks(tmp_path):
    from marketplace.settings import databases

    options = databases.from_url(f"sqlite:///{tmp_path}/market.sqlite3?timeout=5")["OPTIONS"]
    assert (options["timeout"], options["transaction_mode"]) == (5, "IMMEDIATE")
    assert "journal_mode=WAL" in options["init_command"]
