"""Definitions of the indicators: versioned data, read once from ``data/definitions.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "definitions.toml"


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """One version of what an indicator means; a newer version is another row, never a change of this one."""

    indicator: str
    version: int
    rule: str
    valid_from: date
    text_en: str
    text_vi: str
    source_en: str
    source_vi: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_vi

    @property
    def source(self) -> str:
        return self.source_en if get_language() == "en" else self.source_vi


@cache
def all_definitions() -> tuple[IndicatorDefinition, ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["definition"]
    return tuple(IndicatorDefinition(**row) for row in rows)


def definition_of(indicator: str, on: date) -> IndicatorDefinition:
    """The newest version that holds on a day; before the first one began, the first."""
    versions = sorted((row for row in all_definitions() if row.indicator == indicator), key=lambda row: row.version)
    holding = [row for row in versions if row.valid_from <= on]
    return holding[-1] if holding else versions[0]
