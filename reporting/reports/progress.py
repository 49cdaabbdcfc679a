"""The report of a period: every figure for each part of the area, and the total."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reporting.areas import Breakdown
from reporting.frames import Frame
from reporting.reports.base import Cell, Kind, Report, ReportColumn
from reporting.selectors import columns_for, figure_table


def columns(frame: Frame) -> tuple[ReportColumn, ...]:
    figures = (
        ReportColumn(f"{column.indicator.name} ({column.indicator.unit})", Kind.NUMBER, 18)
        for column in columns_for(frame)
    )
    return (ReportColumn(_("Code"), width=10), ReportColumn(_("Area"), width=32), *figures)


def rows(frame: Frame, breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    table = figure_table(frame, breakdown)
    for row in table.rows:
        yield (row.area.code if row.area else "", row.name, *row.values)
    yield (frame.area.code, f"{_('Total')}: {frame.area.name}", *table.total)


PROGRESS = Report("progress", _("Figures by area"), columns, rows)
