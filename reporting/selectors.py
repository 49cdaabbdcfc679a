"""Tables and series of figures: a fixed number of queries, whatever the number of households or areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from core.periods import ReportingPeriod
from reporting.areas import Area, Breakdown, parts_of
from reporting.frames import Frame
from reporting.indicators import indicators_on
from reporting.indicators.declaration import Indicator


@dataclass(frozen=True, slots=True)
class FigureRow:
    """``values`` follow the table's indicators, and so does ``in_doubt``: None where an indicator names no doubts."""

    name: str
    area: Area
    values: tuple[int, ...]
    in_doubt: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    indicators: tuple[Indicator, ...]
    rows: tuple[FigureRow, ...]
    total: tuple[int, ...]
    total_in_doubt: tuple[int | None, ...]


def figure_table(frame: Frame, indicators: Mapping[str, Indicator], breakdown: Breakdown | None) -> FigureTable:
    """These indicators of an area, in total and by its parts."""
    asked = tuple(indicators.values())
    doubtful = tuple(row.of_these_in_doubt for row in asked)
    if breakdown is None:
        in_doubt = tuple(row.figure(frame) if row else None for row in doubtful)
        return FigureTable(asked, (), tuple(row.figure(frame) for row in asked), in_doubt)
    by_part = [row.figures_by(frame, breakdown) for row in asked]
    doubts_by_part = [row.figures_by(frame, breakdown) if row else None for row in doubtful]
    rows = [
        FigureRow(
            part.name,
            part.area,
            tuple(figures.get(part.value, 0) for figures in by_part),
            tuple(None if figures is None else figures.get(part.value, 0) for figures in doubts_by_part),
        )
        for part in parts_of(frame.area, breakdown, chain(*by_part))
    ]

    def total_of(row: Indicator, figures: Mapping[Any, int]) -> int:
        return sum(figures.values()) if row.adds_up else row.figure(frame)

    return FigureTable(
        asked,
        tuple(rows),
        tuple(total_of(row, figures) for row, figures in zip(asked, by_part, strict=True)),
        tuple(
            total_of(row, figures) if row and figures is not None else None
            for row, figures in zip(doubtful, doubts_by_part, strict=True)
        ),
    )


def figure_series(code: str, frame: Frame, periods: Iterable[ReportingPeriod]) -> list[tuple[ReportingPeriod, int]]:
    """One figure of the same area over several periods, each by the version of its time: a query per period."""
    found = []
    for period in periods:
        at = replace(frame, period=period)
        found.append((period, indicators_on(at.last_day)[code].figure(at)))
    return found
