"""Pictures of figures: where bars and points stand, in per cent, so that text keeps its size on every screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR_ROW = 44
LINE_HEIGHT = 180
MAX_BARS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    number: int
    width: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Point:
    """``from_x`` and ``from_y`` are the point before; empty for the first."""

    label: str
    number: int
    x: str
    y: int
    from_x: str
    from_y: int


@dataclass(frozen=True, slots=True)
class LineChart:
    points: tuple[Point, ...]
    most: int
    base: int
    height: int


def _percent(part: float) -> str:
    return f"{part:.2f}%"


def bar_chart(numbers: Sequence[tuple[str, int]]) -> BarChart:
    """The largest parts first, at most MAX_BARS; parts with nothing have no bar."""
    shown = sorted((row for row in numbers if row[1]), key=lambda row: -row[1])[:MAX_BARS]
    most = shown[0][1] if shown else 1
    bars = tuple(
        Bar(label, number, _percent(100 * number / most), place * BAR_ROW + 16, place * BAR_ROW + 22)
        for place, (label, number) in enumerate(shown)
    )
    return BarChart(bars, BAR_ROW * len(bars))


def line_chart(numbers: Sequence[tuple[str, int]]) -> LineChart:
    """One point for each period, left to right, from zero to the largest figure."""
    most = max((number for _label, number in numbers), default=0)
    top, base = 28, LINE_HEIGHT - 28
    step = 100 / max(len(numbers), 1)
    points: list[Point] = []
    for place, (label, number) in enumerate(numbers):
        x = _percent(step * (place + 0.5))
        y = round(base - (base - top) * number / most) if most else base
        before = points[-1] if points else None
        points.append(Point(label, number, x, y, before.x if before else "", before.y if before else 0))
    return LineChart(tuple(points), most, base, LINE_HEIGHT)
