"""Asking for a report and making its file: one run each, made once however often the task is handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from core.keys import new_key
from core.transactions import in_transaction
from core.work import enqueue_apart
from reporting.access import readable_areas, require_area
from reporting.areas import Breakdown
from reporting.frames import frame_asked
from reporting.indicators import indicators_on
from reporting.models import ReportRun, RunFormat, RunStatus
from reporting.reports import REPORTS
from reporting.tasks import make_report


class UnknownReport(DomainError):
    code = "unknown_report"
    field = "report"


class RunNotThere(DomainError):
    """No such run, not this person's, or its file is no longer kept."""

    code = "run_not_there"


@in_transaction
def request_report(
    *,
    user: User,
    report: str,
    format: str,
    area: str,
    period: str,
    cumulative: bool,
    breakdown: Breakdown | None,
    now: datetime,
    key: UUID | None = None,
) -> ReportRun:
    """Keep the wish and hand it to the background, after the commit. Raises UnknownReport, UnknownArea, BadPeriod.

    A form that is sent twice asks once: its ``key`` names the run. A key that names another person's run is not taken.
    """
    if report not in REPORTS or format not in RunFormat.values:
        raise UnknownReport(_("There is no such report or format. Choose one from the list."))
    found = require_area(readable_areas(user, now), area)
    frame = frame_asked(found, period, now, is_cumulative=cumulative)
    if key and ReportRun.objects.filter(key=key).exclude(requested_by=user).exists():
        key = None
    wish = {
        "report": report,
        "requested_at": now,
        "area": found.key,
        "area_name": found.name,
        "period": frame.period.code,
        "is_cumulative": cumulative,
        "breakdown": breakdown.name if breakdown else "",
        "as_of": now,
        "window_days": frame.window_days,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "format": format,
        "definitions": [
            {"indicator": row.code, "version": row.version} for row in indicators_on(frame.last_day).values()
        ],
        "expires_at": now + timedelta(days=settings.REPORT_KEEP_DAYS),
    }
    run, is_new = ReportRun.objects.get_or_create(key=key or new_key(now), requested_by=user, defaults=wish)
    if not is_new:
        return run
    audit.record(action="request_report", subject=run, now=now, actor=user)
    enqueue_apart(make_report, run.pk)
    return run


def open_file(*, user: User, key: str, now: datetime) -> ReportRun:
    """The run whose file this person may fetch now; leaves an audit row. Raises RunNotThere, UnknownArea."""
    run = ReportRun.objects.filter(key=key, requested_by=user, status=RunStatus.DONE, expires_at__gt=now).first()
    if run is None:
        raise RunNotThere(_("This file is not kept any more. Ask for the report again."))
    require_area(readable_areas(user, now), run.area)
    audit.record(action="download_report", subject=run, now=now, actor=user)
    return run
