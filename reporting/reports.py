"""The reports that can be asked for as files: their columns and their rows, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.name_order import by_name
from core.periods import vietnam_date
from core.personal_data import mask_name, mask_phone
from reporting.areas import NO_TEAM, Breakdown
from reporting.frames import Frame
from reporting.indicators.declaration import Indicator
from reporting.indicators.doubts import REASONS, doubts_of, with_doubts
from reporting.selectors import figure_table
from reporting.standing import commune_name_then, village_name_then

Cell = str | int | date | None
Indicators = Mapping[str, Indicator]
CHUNK = 2000


class ColumnKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """``width`` is in characters."""

    title: Any
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Report:
    """``rows`` yields tuples in column order, one at a time: a report of any length needs the same memory.

    ``columns`` and ``rows`` get the versions of the indicators that the run records, and use no others. Personal data
    is masked where rows are made, so that no format can forget it.
    """

    code: str
    name: Any
    columns: Callable[[Indicators], tuple[ReportColumn, ...]]
    rows: Callable[[Frame, Indicators, Breakdown | None], Iterator[tuple[Cell, ...]]]


def progress_columns(indicators: Indicators) -> tuple[ReportColumn, ...]:
    figures = []
    for row in indicators.values():
        figures.append(ReportColumn(f"{row.name} ({row.unit})", ColumnKind.NUMBER, 18))
        if row.doubts:
            in_doubt = gettext("%(figure)s: of these in doubt (%(unit)s)") % {"figure": row.name, "unit": row.unit}
            figures.append(ReportColumn(in_doubt, ColumnKind.NUMBER, 18))
    return (ReportColumn(_("Code"), width=10), ReportColumn(_("Area"), width=32), *figures)


def _beside(values: Iterable[int], in_doubt: Iterable[int | None]) -> Iterator[int]:
    """Each figure, and beside it how much of it is in doubt where the indicator says so."""
    for value, doubtful in zip(values, in_doubt, strict=True):
        yield value
        if doubtful is not None:
            yield doubtful


def progress_rows(frame: Frame, indicators: Indicators, breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    """Every figure for each part of the area, and the total."""
    table = figure_table(frame, indicators, breakdown)
    for row in table.rows:
        yield ("" if row.area.code == NO_TEAM else row.area.code, row.name, *_beside(row.values, row.in_doubt))
    total = _beside(table.total, table.total_in_doubt)
    yield (frame.area.code, f"{_('Total')}: {frame.area.name}", *total)


def signs_of(indicators: Indicators) -> dict[str, Indicator]:
    """The indicators that count some of the accounts: each is a yes or no in the list of households."""
    return {code: row for code, row in indicators.items() if row.counts_households and code != "accounts"}


def household_columns(indicators: Indicators) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(_("Household code"), width=14),
        ReportColumn(_("Household"), width=30),
        ReportColumn(_("Head"), width=18),
        ReportColumn(_("Phone"), width=14),
        ReportColumn(_("Village")),
        ReportColumn(_("Commune"), width=20),
        ReportColumn(_("Team"), width=28),
        ReportColumn(_("Opened"), ColumnKind.DATE, 12),
        *(ReportColumn(row.name, width=12) for row in signs_of(indicators).values()),
    )


def household_rows(frame: Frame, indicators: Indicators, _breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    """The accounts of an area, one row each, with the indicators that count them; personal data masked."""
    counted = {
        f"counts_as_{code}": Exists(row.rows(frame).filter(pk=OuterRef("pk")))
        for code, row in signs_of(indicators).items()
    }
    found = (
        indicators["accounts"]
        .rows(frame)
        .annotate(**counted, village_then=village_name_then(frame), commune_then=commune_name_then(frame))
        .order_by(by_name("commune__name"), "code")
        .values_list(
            "code",
            "name",
            "head__full_name",
            "phone",
            "village_then",
            "commune_then",
            "opened_by_team__name",
            "opened_at",
            *counted,
        )
    )
    words = {True: gettext("yes"), False: gettext("no")}
    for code, name, head, phone, village, commune, team, opened, *signs in found.iterator(chunk_size=CHUNK):
        masked = (mask_name(head or ""), mask_phone(phone))
        yield (
            code,
            name,
            *masked,
            village,
            commune,
            team or "",
            vietnam_date(opened),
            *(words[sign] for sign in signs),
        )


def transaction_columns(_indicators: Indicators) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(_("Accepted"), ColumnKind.DATE, 12),
        ReportColumn(pgettext_lazy("what was bought", "Order"), width=16),
        ReportColumn(_("Household's part"), width=18),
        ReportColumn(_("Household code"), width=14),
        ReportColumn(_("Household"), width=30),
        ReportColumn(_("Commune"), width=20),
        ReportColumn(_("Goods (dong)"), ColumnKind.NUMBER),
        ReportColumn(_("In doubt"), width=40),
    )


def transaction_rows(frame: Frame, indicators: Indicators, _breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    """The parts of orders that count as transactions, one row each; nothing of the buyer."""
    part = "household_order__"
    found = (
        with_doubts(indicators["transactions"].rows(frame), frame)
        .annotate(commune_then=commune_name_then(frame, f"{part}household__", "at"))
        .order_by("at", "pk")
        .values_list(
            "at",
            f"{part}order__number",
            f"{part}number",
            f"{part}household__code",
            f"{part}household__name",
            "commune_then",
            f"{part}goods_total",
            *REASONS,
            named=True,
        )
    )
    for row in found.iterator(chunk_size=CHUNK):
        shown = [value for name, value in row._asdict().items() if name not in REASONS]
        yield (vietnam_date(shown[0]), *shown[1:], doubts_of(row))


REPORTS: dict[str, Report] = {
    report.code: report
    for report in (
        Report("progress", _("Figures by area"), progress_columns, progress_rows),
        Report("households", _("List of households, personal data masked"), household_columns, household_rows),
        Report(
            "transactions",
            _("Transactions, one row for each household's part"),
            transaction_columns,
            transaction_rows,
        ),
    )
}
