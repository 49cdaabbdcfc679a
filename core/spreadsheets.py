"""Reading a spreadsheet that people keep: XLSX, XLS, ODS or CSV, as rows of text with the numbers that they see."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import DomainError
from core.text import fold, nfc

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000


class BadSpreadsheet(DomainError):
    """The file cannot be read as a list; the message says what to send instead."""

    code = "bad_spreadsheet"
    field = "file"


def read_rows(file: IO[bytes]) -> list[tuple[int, list[str]]]:
    """The first sheet's rows that hold anything, each with its number as the spreadsheet program shows it.

    Raises BadSpreadsheet.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadSpreadsheet(_("This file is larger than 10 MB. Split the list."))
    if not content:
        raise BadSpreadsheet(_("This file is empty. Choose the list again."))
    rows = [(number, cells) for number, cells in enumerate(_cells(content), 1) if any(cells)]
    if len(rows) > MAX_ROWS:
        raise BadSpreadsheet(_("This list has more than 50,000 rows. Split it."))
    return rows


def _cells(content: bytes) -> Iterator[list[str]]:
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        try:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
            # Rows above the first that is filled are left out otherwise, and every number would be off.
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise BadSpreadsheet(_("This spreadsheet cannot be opened. Save it again without a password.")) from error
        return ([_text(cell) for cell in row] for row in rows)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSpreadsheet(_("This is no spreadsheet, or a CSV in another encoding. Save it as XLSX.")) from error
    if "\0" in text:
        raise BadSpreadsheet(_("This is no spreadsheet. Send XLSX, XLS, ODS or CSV."))
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return ([nfc(cell).strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return nfc(str(cell)).strip()


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
