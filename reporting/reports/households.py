"""The households of an area, one row each, with what they did in the period; personal data masked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.periods import VIETNAM
from core.personal_data import mask_name, mask_phone
from reporting.areas import Breakdown
from reporting.definitions import definition_of
from reporting.facts import acts_in_window, households_on_sale, open_accounts, sold_in_window
from reporting.frames import Frame
from reporting.reports.base import Cell, Kind, Report, ReportColumn

CHUNK = 2000


def columns(_frame: Frame) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(_("Household code"), width=14),
        ReportColumn(_("Household"), width=30),
        ReportColumn(_("Head"), width=18),
        ReportColumn(_("Phone"), width=14),
        ReportColumn(_("Village")),
        ReportColumn(_("Commune"), width=20),
        ReportColumn(_("Team"), width=28),
        ReportColumn(_("Opened"), Kind.DATE, 12),
        ReportColumn(_("Active"), width=10),
        ReportColumn(_("Sold"), width=10),
        ReportColumn(_("Has a product on sale"), width=12),
    )


def rows(frame: Frame, _breakdown: Breakdown | None) -> Iterator[tuple[Cell, ...]]:
    active = definition_of("active", frame.last_day)
    acts = acts_in_window(frame, **active.params).filter(household=OuterRef("pk"))
    found = (
        open_accounts(frame)
        .annotate(
            acted=Exists(acts),
            sold=Exists(sold_in_window(frame).filter(pk=OuterRef("pk"))),
            lists=Exists(households_on_sale(frame).filter(pk=OuterRef("pk"))),
        )
        .order_by("commune__folded", "code")
        .values_list(
            "code",
            "name",
            "head__full_name",
            "phone",
            "village_name",
            "commune__name",
            "opened_by_team__name",
            "opened_at",
            "acted",
            "sold",
            "lists",
        )
    )
    words = {True: gettext("yes"), False: gettext("no")}
    for code, name, head, phone, village, commune, team, opened, *signs in found.iterator(chunk_size=CHUNK):
        masked = (mask_name(head or ""), mask_phone(phone))
        day = opened.astimezone(VIETNAM).date()
        yield (code, name, *masked, village, commune, team or "", day, *(words[sign] for sign in signs))


HOUSEHOLDS = Report("households", _("List of households, personal data masked"), columns, rows)
