"""Start-up checks: each has an id and says how to mend what it found."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from marketplace import checks


def ids(found: list) -> list[str]:
    assert all(message.hint for message in found)
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("debug", "sender", "expected"), [(False, "http", ["core.E001"]), (True, "console", []), (False, "memory", [])]
)
def test_outbox_outside_development_is_an_error(settings, debug, sender, expected):
    settings.SHOW_OUTBOX, settings.DEBUG, settings.MESSAGE_SENDER = True, debug, sender
    assert ids(checks.outbox_is_hidden()) == expected


def test_staff_door_must_stand_after_the_sign_in_door(settings):
    assert ids(checks.staff_pages_are_guarded()) == []
    settings.MIDDLEWARE = list(reversed(settings.MIDDLEWARE))
    assert ids(checks.staff_pages_are_guarded()) == ["core.E002"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != checks.STAFF_DOOR]
    assert ids(checks.staff_pages_are_guarded()) == ["core.E002"]


@pytest.mark.parametrize(
    ("url", "token", "expected"), [("", "hush", 1), ("https://sms.vn", "", 1), ("https://sms.vn", "hush", 0)]
)
def test_gateway_needs_an_address_and_a_token(settings, url, token, expected):
    settings.MESSAGE_SENDER, settings.MESSAGE_GATEWAY_URL, settings.MESSAGE_GATEWAY_TOKEN = "http", url, token
    assert ids(checks.gateway_is_named()) == ["core.E003"] * expected


@pytest.mark.parametrize(("in_process", "cache", "expected"), [(False, "", 1), (False, "redis://c", 0), (True, "", 0)])
def test_broker_without_a_shared_cache_is_warned_of(settings, in_process, cache, expected):
    settings.CELERY_TASK_ALWAYS_EAGER, settings.REDIS_URL = in_process, cache
    assert ids(checks.cache_is_shared()) == ["core.W001"] * expected


def test_misspelt_setting_is_named_with_what_was_meant(settings, tmp_path):
    (tmp_path / ".env.example").write_text("# words\n#DATABASE_URL=\n")
    (tmp_path / ".env").write_text("DATABSE_URL=x\nDATABASE_URL_FILE=y\n")
    settings.ROOT = tmp_path
    [found] = checks.env_file_has_known_names()
    assert (found.id, found.hint) == ("core.W002", "Did you mean DATABASE_URL?")


def test_translations_that_are_not_compiled_are_warned_of(settings, tmp_path):
    po = tmp_path / "households" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text("")
    settings.ROOT = tmp_path
    [found] = checks.translations_are_compiled()
    assert found.id == "core.W003"
    assert "households/locale/vi" in found.msg
    po.with_suffix(".mo").write_text("")
    assert checks.translations_are_compiled() == []


class FakePostgresql:
    """A connection whose catalogue of collations holds ``names``; it is its own cursor."""

    vendor = "postgresql"

    def __init__(self, *names: str) -> None:
        self.names, self.found = names, False

    def cursor(self):
        return nullcontext(self)

    def execute(self, sql: str, asked: list[str]) -> None:
        assert "pg_collation" in sql
        self.found = asked[0] in self.names

    def fetchone(self):
        return (1,) if self.found else None


@pytest.mark.parametrize(
    ("names", "expected"), [(["C", "vi-x-icu"], []), (["C", "en-x-icu"], ["core.E004"]), ([], ["core.E004"])]
)
def test_a_postgresql_that_cannot_sort_names_is_said(monkeypatch, names, expected):
    monkeypatch.setattr(checks, "connections", {"default": FakePostgresql(*names)})
    found = checks.names_can_be_sorted(databases=["default"])
    assert ids(found) == expected
    assert checks.names_can_be_sorted(databases=None) == [], "only where a database is asked about"
    for said in found:
        assert "vi-x-icu" in said.msg
        assert "ICU" in said.hint


def test_the_database_of_the_tests_can_sort_names(db, monkeypatch):
    """On PostgreSQL the real catalogue is asked, for a name that is there and for one that is not."""
    call_command("check", databases=["default"])
    monkeypatch.setattr(checks, "VIETNAMESE", "none-x-icu")
    if connection.vendor == "postgresql":
        with pytest.raises(SystemCheckError, match=r"core\.E004"):
            call_command("check", databases=["default"])
    else:
        call_command("check", databases=["default"])
