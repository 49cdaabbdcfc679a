"""Rows to files: CSV and XLSX as Vietnamese Excel reads them, row by row, never a formula.

CSV is separated by semicolons because Excel takes the separator from the region, and Vietnam's decimal sign is the
comma; it starts with a byte order mark because Excel otherwise reads UTF-8 letters as another code. Numbers are bare
digits (a grouping dot would make them text elsewhere), dates are dd/mm/yyyy. In XLSX numbers and dates are real cells,
which Excel shows with the reader's own separators.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.errors import DomainError
from reporting.reports import Cell, ColumnKind, ReportColumn

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


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a quote stands before what could be one."""
    bare = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or bare.startswith(FORMULA_SIGNS) else text


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def write_csv(path: Path, columns: Iterable[ReportColumn], rows: Iterable[tuple[Cell, ...]]) -> int:
    """The number of rows written below the heading."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([harmless(str(column.title)) for column in columns])
        for row in rows:
            writer.writerow([_written(cell) for cell in row])
            count += 1
    return count


def write_xlsx(
    path: Path,
    columns: tuple[ReportColumn, ...],
    rows: Iterable[tuple[Cell, ...]],
    *,
    title: str,
    notes: Iterable[tuple[str, str]],
    made_at: datetime,
) -> int:
    """One sheet with a title, a heading and the rows; a second with the definitions. The number of rows.

    Raises TooManyRows.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(_("Figures"))
        count = _fill(book, sheet, columns, rows, title)
        _write_notes(book, notes)
    return count


def _fill(
    book: Any, sheet: Any, columns: tuple[ReportColumn, ...], rows: Iterable[tuple[Cell, ...]], title: str
) -> int:
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
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MAX_XLSX_ROWS:
            raise TooManyRows(_("An Excel file cannot hold this many rows. Ask for the same report as CSV."))
        for place, cell in enumerate(row):
            _put(sheet, count + 1, place, cell, formats[place])
    return count


def _put(sheet: Any, line: int, place: int, cell: Cell, shown: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(line, place, datetime.combine(cell, time()), shown)
    elif isinstance(cell, int):
        sheet.write_number(line, place, cell, shown)
    elif cell is not None:
        sheet.write_string(line, place, cell, shown)


def _write_notes(book: Any, notes: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("Definitions"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    for line, (name, text) in enumerate(notes):
        sheet.write_string(line, 0, name, wrapped)
        sheet.write_string(line, 1, text, wrapped)
