"""Tables and series of figures: a fixed number of queries, whatever the number of households or areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from core.periods import ReportingPeriod
from reporting.areas import Area, Breakdown, parts_of
from reporting.frames import Frame
from reporting.indicators import indicators_on
from reporting.indicators.declaration import Indicator


@dataclass(frozen=True, slots=True)
class FigureRow:
    """``values`` follow the table's indicators."""

    name: str
    area: Area
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    indicators: tuple[Indicator, ...]
    rows: tuple[FigureRow, ...]
    total: tuple[int, ...]


def figure_table(frame: Frame, indicators: Mapping[str, Indicator], breakdown: Breakdown | None) -> FigureTable:
    """These indicators of an area, in total and by its parts."""
    asked = tuple(indicators.values())
    if breakdown is None:
        return FigureTable(asked, (), tuple(row.figure(frame) for row in asked))
    by_part = [row.figures_by(frame, breakdown) for row in asked]
    rows = [
        FigureRow(part.name, part.area, tuple(figures.get(part.value, 0) for figures in by_part))
        for part in parts_of(frame.area, breakdown, chain(*by_part))
    ]
    total = tuple(
        sum(figures.values()) if row.adds_up else row.figure(frame) for row, figures in zip(asked, by_part, strict=True)
    )
    return FigureTable(asked, tuple(rows), total)


def figure_series(code: str, frame: Frame, periods: Iterable[ReportingPeriod]) -> list[tuple[ReportingPeriod, int]]:
    """One figure of the same area over several periods, each by the version of its time: a query per period."""
    found = []
    for period in periods:
        at = replace(frame, period=period)
        found.append((period, indicators_on(at.last_day)[code].figure(at)))
    return found
