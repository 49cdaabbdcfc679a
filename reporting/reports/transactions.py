"""The parts of orders that count as transactions, one row each; nothing of the buyer."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.periods import VIETNAM
from reporting.areas import Breakdown
from reporting.facts import accepted_parts
from reporting.frames import Frame
from reporting.reports.base import Cell, Kind, Report, ReportColumn

CHUNK = 2000


def columns(_frame: Frame) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(_("Accepted"), Kind.DATE, 12),
        ReportColumn(_("Order"), width=16),
        ReportColumn(_("Household's part"), width=18),
        ReportColumn(_("Household code"), width=14),
        ReportColumn(_("Household"), width=30),
        ReportColumn(_("Commune"), width=20),
        ReportColumn(_("Goods (dong)"), Kind.NUMBER),
    )


def rows(frame: Frame, _breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    part = "household_order__"
    found = (
        accepted_parts(frame)
        .order_by("at", "pk")
        .values_list(
            "at",
            f"{part}order__number",
            f"{part}number",
            f"{part}household__code",
            f"{part}household__name",
            f"{part}household__commune__name",
            f"{part}goods_total",
        )
    )
    for at, *rest in found.iterator(chunk_size=CHUNK):
        yield (at.astimezone(VIETNAM).date(), *rest)


TRANSACTIONS = Report("transactions", _("Transactions, one row for each household's part"), columns, rows)
