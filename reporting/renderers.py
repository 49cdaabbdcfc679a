"""Rows to files: CSV and XLSX as Vietnamese Excel reads them, row by row, never a formula of anybody's.

CSV is separated by semicolons because Excel takes the separator from the region, and Vietnam's decimal sign is the
comma; it starts with a byte order mark because Excel otherwise reads UTF-8 letters as another code. Numbers are bare
digits (a grouping dot would make them text elsewhere), dates are dd/mm/yyyy. A text that Excel would change (the
commune code 05503, the street 3/2) is written as ="05503". In XLSX numbers and dates are real cells, which Excel shows
with the reader's own separators.

Both end with what the file says of itself (``reporting.provenance``) and, last, with the SHA-256 of all that stands
above: heading, rows, an empty line and the notes, as the lines of the CSV. The two formats of one report have the same.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.errors import DomainError
from reporting.reports import Cell, ColumnKind, ReportColumn

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A sheet has 1,048,576 rows and drops what lies below in silence; a title and a heading stand above the rows.
MAX_XLSX_ROWS = 1_048_574
XLSX_FORMATS = {
    ColumnKind.NUMBER: {"num_format": "#,##0"},
    ColumnKind.DATE: {"num_format": "dd/mm/yyyy"},
    ColumnKind.TEXT: {},
}


class TooManyRows(DomainError):
    """More rows than a sheet holds."""

    code = "too_many_rows"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """``row_count`` without the heading; ``sha256`` of the content, which stands in the file's last line."""

    row_count: int
    sha256: str


class HashedLines:
    """Rows as lines of CSV, and the SHA-256 of all lines so far."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._buffer = io.StringIO(newline="")
        self._writer = csv.writer(self._buffer, delimiter=";", lineterminator="\r\n")

    def line(self, cells: Iterable[Cell]) -> bytes:
        self._writer.writerow([_written(cell) for cell in cells])
        line = self._buffer.getvalue().encode()
        self._buffer.seek(0)
        self._buffer.truncate()
        self._hash.update(line)
        return line

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


CHANGED_BY_EXCEL = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?")
"""Texts of digits that Excel would show otherwise: without its zeros, rounded, with an exponent, as a date."""


def as_typed(text: str) -> str:
    """The text so that a spreadsheet shows it as it stands: a code with all its digits, nothing as a formula.

    Only digits and what stands between them gets into a formula of ours, so nobody's words do.
    """
    return f'="{text}"' if CHANGED_BY_EXCEL.fullmatch(text) else harmless(text)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a quote stands before what could be one."""
    bare = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or bare.startswith(FORMULA_SIGNS) else text


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return as_typed(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def write_csv(
    path: Path, columns: Iterable[ReportColumn], rows: Iterable[tuple[Cell, ...]], *, notes: Iterable[tuple[str, str]]
) -> WrittenFile:
    """A heading, the rows, and below an empty line the notes and the digest."""
    lines, count = HashedLines(), 0
    with path.open("wb") as file:
        file.write(BYTE_ORDER_MARK)
        file.write(lines.line(str(column.title) for column in columns))
        for row in rows:
            file.write(lines.line(row))
            count += 1
        for note in ((), *notes):
            file.write(lines.line(note))
        digest = lines.sha256
        file.write(lines.line((digest_label(), digest)))
    return WrittenFile(count, digest)


def digest_label() -> str:
    return _("SHA-256 of everything above")


def write_xlsx(
    path: Path,
    columns: tuple[ReportColumn, ...],
    rows: Iterable[tuple[Cell, ...]],
    *,
    title: str,
    notes: Iterable[tuple[str, str]],
    made_at: datetime,
) -> WrittenFile:
    """One sheet with a title, a heading and the rows; a second with the notes and the digest. Raises TooManyRows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    lines, count = HashedLines(), 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(_("Figures"))
        lines.line(str(column.title) for column in columns)
        for row in _filling(book, sheet, columns, rows, title):
            lines.line(row)
            count += 1
        notes = list(notes)
        for note in ((), *notes):
            lines.line(note)
        _write_notes(book, [*notes, (digest_label(), lines.sha256)])
    return WrittenFile(count, lines.sha256)


def _filling(
    book: Any, sheet: Any, columns: tuple[ReportColumn, ...], rows: Iterable[tuple[Cell, ...]], title: str
) -> Iterator[tuple[Cell, ...]]:
    """Each row when it stands in the sheet."""
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    formats = [book.add_format(XLSX_FORMATS[column.kind]) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for place, column in enumerate(columns):
        sheet.write_string(1, place, str(column.title), bold)
    for number, row in enumerate(rows, 1):
        if number > MAX_XLSX_ROWS:
            raise TooManyRows(_("An Excel file cannot hold this many rows. Ask for the same report as CSV."))
        for place, cell in enumerate(row):
            _put(sheet, number + 1, place, cell, formats[place])
        yield row


def _put(sheet: Any, line: int, place: int, cell: Cell, shown: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(line, place, datetime.combine(cell, time()), shown)
    elif isinstance(cell, int):
        sheet.write_number(line, place, cell, shown)
    elif cell is not None:
        sheet.write_string(line, place, cell, shown)


def _write_notes(book: Any, notes: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("About this file"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    for line, (name, text) in enumerate(notes):
        sheet.write_string(line, 0, name, wrapped)
        sheet.write_string(line, 1, text, wrapped)
