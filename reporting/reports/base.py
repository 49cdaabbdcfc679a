"""What a report says of itself: a name, where it can be asked for, its columns and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reporting.areas import Breakdown
from reporting.frames import Frame

Cell = str | int | date | None
RowsOf = Callable[[Frame, Breakdown | None], Iterator[tuple[Cell, ...]]]


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    title: Any
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Report:
    """``rows`` yields tuples in column order, one at a time: a report of any length needs the same memory.

    Personal data in rows is masked where they are made, so that no format can forget it.
    """

    code: str
    name: Any
    columns: Callable[[Frame], tuple[ReportColumn, ...]]
    rows: RowsOf
