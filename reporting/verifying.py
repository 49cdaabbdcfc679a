"""Whether a file of figures is as it was made: its digest is computed from it again, and the report from its facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import DomainError
from core.temporary import temporary_folder
from reporting.files import write_report
from reporting.models import ReportRun
from reporting.renderers import BYTE_ORDER_MARK, HashedLines
from reporting.reports import Cell

HEX_DIGITS = 64


class UnreadableReport(DomainError):
    """The file is none of ours, or its end was cut off."""

    code = "unreadable_report"


@dataclass(frozen=True, slots=True)
class ReportDigests:
    """``written`` stands in the file's last line; ``computed`` is that of all that stands above it."""

    written: str
    computed: str

    @property
    def is_unchanged(self) -> bool:
        return self.written == self.computed


def digests_of(path: Path) -> ReportDigests:
    """The digests of a CSV or XLSX file. Raises UnreadableReport, OSError."""
    found = _digests_of_xlsx(path) if path.suffix.lower() == ".xlsx" else _digests_of_csv(path)
    if len(found.written) != HEX_DIGITS:
        raise UnreadableReport(_("The last line of the file holds no SHA-256: it is no report of ours, or was cut."))
    return found


def _digests_of_csv(path: Path) -> ReportDigests:
    above, end, last = path.read_bytes().removeprefix(BYTE_ORDER_MARK).removesuffix(b"\r\n").rpartition(b"\r\n")
    written = last.decode(errors="replace").rpartition(";")[2]
    return ReportDigests(written, hashlib.sha256(above + end).hexdigest())


def _digests_of_xlsx(path: Path) -> ReportDigests:
    try:
        book = CalamineWorkbook.from_path(str(path))
        figures, notes = (book.get_sheet_by_index(place).to_python(skip_empty_area=False) for place in range(2))
    except (CalamineError, IndexError) as error:
        raise UnreadableReport(_("The file cannot be read as a report of ours in Excel's format.")) from error
    lines = HashedLines()
    for row in figures[1:]:  # below the title
        lines.line(map(_cell, row))
    for note in ([], *notes[:-1]):
        lines.line(map(_cell, note))
    return ReportDigests(str(notes[-1][1]) if notes and len(notes[-1]) > 1 else "", lines.sha256)


def _cell(value: Any) -> Cell:
    """A cell as it was given to the sheet: numbers come back as floats, dates as moments."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | str | date) else str(value)


def runs_with(digest: str) -> Iterator[ReportRun]:
    """The runs that made a file with this content."""
    yield from ReportRun.objects.filter(content_sha256=digest).select_related("requested_by").order_by("pk")


def digest_made_again(run: ReportRun) -> str:
    """The digest of the same report computed now from its facts. Raises DomainError when it cannot be computed."""
    with temporary_folder("report-") as folder, translation.override(run.language):
        return write_report(run, folder / f"again.{run.format}").sha256
