"""Reading a spreadsheet that people keep: XLSX, XLS, ODS, or CSV in any usual encoding, numbered as they see it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from core.errors import DomainError
from core.legacy_text import decoded, repaired_rows
from core.text import fold

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 50_000
Cell = object
"""What a program keeps in a cell: text, a number, a date, yes or no; "" where it is empty."""


class BadSpreadsheet(DomainError):
    """The file cannot be read as a list; the message says what to send instead."""

    code = "bad_spreadsheet"
    field = "file"


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` are those that hold anything, each with its number as the spreadsheet program shows it."""

    name: str
    rows: list[tuple[int, list[Cell]]]


def read_rows(file: IO[bytes]) -> list[tuple[int, list[str]]]:
    """The first sheet's rows as text, each with its number as the program shows it. Raises BadSpreadsheet."""
    sheets = read_sheets(file)
    return [(number, [text_of(cell) for cell in cells]) for number, cells in sheets[0].rows] if sheets else []


def read_sheets(file: IO[bytes], *, name: str = "") -> list[Sheet]:
    """Every sheet that is shown, in order; ``name`` is the sheet's where the file has none, as a CSV.

    Raises BadSpreadsheet.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadSpreadsheet(_("This file is larger than 20 MB. Split the list."))
    if not content:
        raise BadSpreadsheet(_("This file is empty. Choose the list again."))
    is_workbook = content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    sheets = list(_sheets(content) if is_workbook else [Sheet(name, _csv_rows(content))])
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise BadSpreadsheet(_("This list has more than 50,000 rows. Split it."))
    return sheets


def _sheets(content: bytes) -> Iterator[Sheet]:
    try:
        if content.startswith(b"PK"):
            _require_bounded(content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for meta in book.sheets_metadata:
                if meta.visible == SheetVisibleEnum.Visible:
                    sheet = book.get_sheet_by_name(meta.name)
                    yield Sheet(meta.name, _filled(enumerate(_with_merged(sheet), 1)))
    except PasswordError as error:
        raise BadSpreadsheet(_("This spreadsheet has a password. Save it again without one.")) from error
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadSpreadsheet(
            _("This spreadsheet cannot be opened. Save it again as XLSX, without a password.")
        ) from error


def _with_merged(sheet: CalamineSheet) -> Iterator[Sequence[Cell]]:
    """The rows, where a cell that was merged downwards stands in each of its rows: a village beside its households."""
    left = sheet.start[1] if sheet.start else 0
    merged = {
        (row, column - left): top
        for (top, column), (bottom, right) in sheet.merged_cell_ranges or ()
        if column == right
        for row in range(top + 1, min(bottom, sheet.total_height) + 1)
    }
    values: dict[tuple[int, int], Cell] = {}
    tops = {(top, column) for (_row, column), top in merged.items()}
    for number, cells in enumerate(sheet.iter_rows()):
        row: list[Cell] = list(cells)
        for column in range(len(row)):
            if (number, column) in tops:
                values[number, column] = row[column]
            elif (number, column) in merged:
                row[column] = values.get((merged[number, column], column), "")
        yield row


def _require_bounded(content: bytes) -> None:
    """Refuse a file that unpacks to far more than a list holds, before anything is unpacked into memory."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            with packed.open(part) as stream:
                while chunk := stream.read(1 << 20):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED_BYTES:
                        raise BadSpreadsheet(_("This spreadsheet unpacks to too much. Copy the list into a new file."))


def _csv_rows(content: bytes) -> list[tuple[int, list[Cell]]]:
    try:
        text = decoded(content)
    except UnicodeDecodeError as error:
        raise BadSpreadsheet(_("This is no spreadsheet. Send XLSX, XLS, ODS or CSV.")) from error
    if "\0" in text:
        raise BadSpreadsheet(_("This is no spreadsheet. Send XLSX, XLS, ODS or CSV."))
    told = re.match(r"sep=([,;|\t])\r?\n", text)  # Excel hides this line, and numbers the next as the first
    if told:
        text = text[told.end() :]
    delimiter = told[1] if told else _delimiter(text)
    try:
        rows: list[list[str]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = _line_by_line(text, delimiter)
    return _filled(enumerate(rows, 1))


def _line_by_line(text: str, delimiter: str) -> list[list[str]]:
    """For a file with a lone quote: the quote is a letter in its own line, and the lines below it stay rows."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.count('"') % 2:
            rows.append(line.split(delimiter))
        else:
            rows += list(csv.reader([line], delimiter=delimiter)) or [[]]
    return rows


def _delimiter(text: str) -> str:
    """What cuts the first lines into the most cells; titles above the headings have none."""
    lines = text.splitlines()[:30]
    return max(",;\t|", key=lambda mark: sum(len(row) - 1 for row in csv.reader(lines, delimiter=mark) if row))


def _filled(rows: Iterable[tuple[int, Sequence[Cell]]]) -> list[tuple[int, list[Cell]]]:
    tidy = ((number, [_tidy(cell) for cell in row]) for number, row in rows)
    kept = [(number, row) for number, row in tidy if any(cell != "" for cell in row)]
    return list(zip((number for number, _row in kept), repaired_rows(row for _number, row in kept), strict=True))


def _tidy(cell: Cell) -> Cell:
    if cell is None:
        return ""
    return cell.replace("\u00a0", " ").strip() if isinstance(cell, str) else cell


def text_of(cell: Cell) -> str:
    """A cell as people read it: a whole number without its point, a date as 2026-11-28."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def columns_of(header: list[str], names: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Which column holds what: ``names`` gives for each the headings that people write, without tones.

    Raises BadSpreadsheet, which names the headings that are missing.
    """
    headings = [" ".join(fold(cell).split()) for cell in header]
    found = {
        name: headings.index(said) for name, sayings in names.items() for said in sayings[::-1] if said in headings
    }
    missing = [names[name][0] for name in names if name not in found]
    if missing:
        raise BadSpreadsheet(
            _("The first row must name the columns. Missing: %(columns)s.") % {"columns": ", ".join(missing)}
        )
    return found
