"""The files of reports: made from a run as it was asked for, once; deleted when their time is over."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.locks import lock_row
from core.temporary import temporary_folder
from reporting.areas import Breakdown, find_area
from reporting.frames import Frame, period_of, show_period
from reporting.indicators import indicators_recorded
from reporting.models import ReportRun, RunFormat, RunStatus
from reporting.provenance import provenance
from reporting.renderers import WrittenFile, write_csv, write_xlsx
from reporting.reports import REPORTS


def frame_of(run: ReportRun) -> Frame:
    """The frame as it was asked for, whatever settings say today."""
    period = period_of(run.period, is_cumulative=run.is_cumulative)
    return Frame(find_area(run.area), period, run.as_of, run.window_days)


def produce_report(*, run_id: int, now: datetime) -> bool:
    """Make the file of a waiting run; True when it was made now.

    The file is written outside any transaction: a long report holds no lock while the shop sells.
    """
    run = ReportRun.objects.get(pk=run_id)
    if run.status != RunStatus.WAITING:
        return False
    with temporary_folder("report-") as folder:
        path = folder / f"{run.key}.{run.format}"
        try:
            with translation.override(run.language):
                written = write_report(run, path)
        except Exception as error:
            with translation.override(run.language):
                usual = _("The file could not be made. Ask for it again; if it fails again, tell the operators.")
                message = str(error if isinstance(error, DomainError) else usual)
            ReportRun.objects.filter(pk=run.pk).update(status=RunStatus.FAILED, failure=message[:300], finished_at=now)
            raise  # the worker logs what it was
        return _keep(run, path, written, now)


def write_report(run: ReportRun, path: Path) -> WrittenFile:
    """The file of the run, computed with the versions of the indicators that it records: the same whenever."""
    frame, report, indicators = frame_of(run), REPORTS[run.report], indicators_recorded(run.definitions)
    columns = report.columns(indicators)
    rows = report.rows(frame, indicators, Breakdown[run.breakdown] if run.breakdown else None)
    notes = provenance(run, frame, str(report.name), indicators)
    if run.format == RunFormat.CSV:
        return write_csv(path, columns, rows, notes=notes)
    title = f"{report.name}. {frame.area.name}, {show_period(run.period, is_cumulative=run.is_cumulative)}"
    return write_xlsx(path, columns, rows, title=title, notes=notes, made_at=run.as_of)


def _keep(run: ReportRun, path: Path, written: WrittenFile, now: datetime) -> bool:
    """Put the file where it stays, unless another worker was first."""
    with path.open("rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
    with transaction.atomic():
        locked = lock_row(ReportRun.objects.all(), pk=run.pk)
        if locked.status != RunStatus.WAITING:
            return False
        with path.open("rb") as made:
            locked.file.save(path.name, File(made), save=False)
        locked.status, locked.finished_at = RunStatus.DONE, now
        locked.row_count, locked.content_sha256 = written.row_count, written.sha256
        locked.size, locked.sha256 = path.stat().st_size, digest
        locked.save()
    return True


def forget_expired_files(*, now: datetime) -> int:
    """Delete the files whose time is over; who asked for what stays known. The number of files deleted."""
    expired = ReportRun.objects.filter(status=RunStatus.DONE, expires_at__lte=now)
    count = 0
    for run in expired.iterator():
        run.file.delete(save=False)
        run.status = RunStatus.EXPIRED
        run.save(update_fields=["file", "status"])
        count += 1
    return count
