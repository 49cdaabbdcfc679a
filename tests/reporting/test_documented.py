"""docs/indicators.md says what is declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from reporting.indicators import INDICATORS, by_code, indicators_on
from reporting.management.commands import document_indicators
from reporting.management.commands.document_indicators import DOCUMENT, with_indicators

FIRST = INDICATORS["accounts"][0]
SECOND = replace(FIRST, version=2, valid_from=date(2026, 7, 1))


def test_document_says_what_is_declared():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_indicators(text) == text, "Run manage.py document_indicators."


def test_command_writes_a_changed_declaration_below_what_people_wrote(monkeypatch, tmp_path):
    document = tmp_path / "indicators.md"
    document.write_text("# By hand\n\n## The indicators\n\n### `wealth` gone\n", encoding="utf-8")
    monkeypatch.setattr(document_indicators, "DOCUMENT", document)
    monkeypatch.setitem(INDICATORS, "accounts", (FIRST, SECOND))
    call_command("document_indicators")
    written = document.read_text(encoding="utf-8")
    assert written.startswith("# By hand\n\n## The indicators\n\n### `accounts` Accounts: Tài khoản\n\nVersion 1, ")
    assert "Version 2, from 01/07/2026, in households; declared in `reporting/indicators/accounts.py`." in written
    assert "wealth" not in written


def test_document_without_a_place_for_indicators_is_refused():
    with pytest.raises(ValueError, match="no line '## The indicators'"):
        with_indicators("# Something else\n")


def test_newest_version_that_holds_on_the_day_is_used(monkeypatch):
    monkeypatch.setitem(INDICATORS, "accounts", (FIRST, SECOND))
    days = [date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [indicators_on(day)["accounts"].version for day in days] == [1, 1, 2]


@pytest.mark.parametrize(
    "wrong",
    [{"version": 3}, {"version": 1}, {"valid_from": FIRST.valid_from}, {"valid_from": date(2020, 1, 1)}],
    ids=str,
)
def test_version_that_does_not_follow_the_one_before_it_cannot_be_declared(wrong):
    assert by_code([FIRST, SECOND]) == {"accounts": (FIRST, SECOND)}
    with pytest.raises(ValueError, match="of indicator accounts does not follow"):
        by_code([FIRST, replace(SECOND, **wrong)])
