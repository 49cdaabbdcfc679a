"""docs/indicators.md says what the data says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporting.definitions import all_definitions, definition_of
from reporting.indicators import INDICATORS
from reporting.rules import RULES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"


@pytest.mark.parametrize("definition", all_definitions(), ids=lambda row: f"{row.indicator}-{row.version}")
def test_definition_is_documented_with_its_source(definition):
    words = " ".join(DOCUMENT.read_text(encoding="utf-8").replace("\n> ", " ").split())
    section = words.split(f"### `{definition.indicator}`")[1].split("### ")[0]
    for part in (f"Version {definition.version}", definition.text_en, definition.source_en, definition.text_vi):
        assert part in section
    assert f"{definition.valid_from:%d/%m/%Y}" in section


def test_every_indicator_has_a_definition_and_every_definition_an_indicator():
    assert {row.indicator for row in all_definitions()} == set(INDICATORS)
    assert {row.rule for row in all_definitions()} <= set(RULES)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_versions_count_up_from_one_and_hold_from_later_days(indicator):
    rows = [row for row in all_definitions() if row.indicator == indicator]
    assert [row.version for row in rows] == list(range(1, len(rows) + 1))
    assert [row.valid_from for row in rows] == sorted({row.valid_from for row in rows})


def test_newest_version_that_holds_on_the_day_is_used(monkeypatch):
    first = definition_of("accounts", date(2026, 1, 1))
    second = replace(first, version=2, valid_from=date(2026, 7, 1))
    monkeypatch.setattr("reporting.definitions.all_definitions", lambda: (first, second))
    asked = [date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [definition_of("accounts", day).version for day in asked] == [1, 1, 2]
