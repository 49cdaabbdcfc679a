"""The rows of a list that hold data: without repeated headings, sums, section lines and the signatures at the foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import BadSpreadsheet, Cell, Sheet, text_of
from core.text import fold, nfc
from onboarding.lists.headings import ORDINAL, Columns, Names, find_columns, heading_words
from onboarding.lists.places import WrittenPlace, names_a_place, place_in, without_number
from onboarding.lists.values import CellProblem, Unreadable, said

_SUM = re.compile(r"(tổng|cộng|luỹ kế|lũy kế)\b.*|tong (cong|so)\b.*|total.*")
_FOOT = re.compile(
    r"nguoi (lap|ky|tong hop|thuc hien)|xac nhan|thu truong|(pho )?chu tich|t\.?\s?m\.?\s|tm\.|kt\.|ghi chu|luu y"
    r"|ky ten|ke toan|noi nhan|can bo|truong thon|to truong|\(?ky,? |ngay .{0,6}thang|.{2,30}, ?ngay|dai dien|cong chuc"
    r"|danh sach nay|\(\*\)|\*"
)
_FEW = 3
# Not "Cộng hòa xã hội chủ nghĩa Việt Nam", which stands above most lists.
_TITLE_PLACE = re.compile(r"\b(xã(?! hội)|phường|thị trấn|đặc khu)\s*[:\s]\s*([^,\-–(\n:]+)", re.IGNORECASE)
_TITLE_PROVINCE = re.compile(r"\b(tỉnh|thành phố|tp\.?)\s*[:\s]\s*([^,\-–(\n:]+)", re.IGNORECASE)


@dataclass(slots=True)
class ListRow:
    """One row of data: what it means, and what to mend. ``status`` is good, bad or known (it stands here already).

    ``meant`` is what loading needs beside that: of a listing its SaleMeasure and its Category.
    """

    sheet: str
    number: int
    values: dict[str, Any]
    problems: list[CellProblem] = field(default_factory=list)
    status: str = "good"
    meant: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As ``import_list --json`` writes it."""
        problems = [
            {"field": problem.field, "code": problem.code, "message": problem.message} for problem in self.problems
        ]
        return {
            "sheet": self.sheet,
            "row": self.number,
            "status": self.status,
            "values": self.values,
            "problems": problems,
        }

    def refuse(self, problem: CellProblem) -> None:
        self.problems.append(problem)
        self.status = "bad"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of data as it was written; ``section`` is the place that a line above it named."""

    sheet: str
    number: int
    cells: Sequence[Cell]
    columns: Columns
    section: WrittenPlace

    def cell(self, name: str) -> Cell:
        """The first cell of this field that says anything; "" when none does."""
        found = (self.cells[at] for at in self.columns.at.get(name, ()) if at < len(self.cells))
        return next((cell for cell in found if said(cell)), "")

    def text(self, name: str) -> str:
        return said(self.cell(name))

    def has(self, name: str) -> bool:
        return name in self.columns.at

    def take(self, row: ListRow, name: str, read: Callable[[Cell], Any], *, key: str = "") -> Any:
        """What the cell means, kept in ``row.values``; None when it is empty or, with a problem, when unreadable."""
        cell, value = self.cell(name), None
        if said(cell):
            try:
                value = read(cell)
            except Unreadable as error:
                row.refuse(CellProblem(key or name, error.code, error.message))
        row.values[key or name] = value
        return value


def data_rows(
    sheets: Sequence[Sheet], names: Names, is_list: Callable[[set[str]], bool], keys: Sequence[str]
) -> Iterator[RawRow]:
    """Every row of data of every sheet that is such a list. ``keys`` are the fields of which a true row has one.

    Raises BadSpreadsheet for a file in which no sheet is one.
    """
    is_found = False
    for sheet in sheets:
        columns = find_columns([cells for _number, cells in sheet.rows], names, is_list)
        if columns is not None:
            is_found = True
            yield from _rows_below(sheet, columns, keys)
    if not is_found:
        raise BadSpreadsheet(_("No row of this file names the columns of such a list. Write headings above its rows."))


def _rows_below(sheet: Sheet, columns: Columns, keys: Sequence[str]) -> Iterator[RawRow]:
    section = title = _place_of_title(columns.above)
    ended = False
    for number, cells in sheet.rows[columns.first_row :]:
        row = RawRow(sheet.name, number, cells, columns, section)
        texts = [text_of(cell) for cell in cells if cell != ""]
        told = [row.text(key) for key in keys if row.has(key)]
        is_row = any(text and not _is_sum(text) for text in told) or bool(re.fullmatch(r"\d+", row.text(ORDINAL)))
        if sum(heading_words(text) in columns.words for text in texts) >= max(2, len(texts) - 1):
            continue
        if not is_row and _ends_a_part(texts):
            ended = True
        elif not is_row and (line := _section(texts, row)):
            section = _under(line, title)
        elif (is_row or not ended) and any(row.text(name) for name in columns.at if name != ORDINAL):
            ended = False
            yield row


def _ends_a_part(texts: list[str]) -> bool:
    """A sum, or a line of the foot: after it only what is clearly a row is data."""
    if any(_is_sum(text) for text in (texts[0], texts[-1])):
        return True
    return len(texts) <= _FEW and any(_FOOT.match(fold(text)) for text in texts)


def _is_sum(text: str) -> bool:
    return bool(_SUM.fullmatch(nfc(text).lower().strip()))


def _section(texts: list[str], row: RawRow) -> str:
    """The words of a line that stands alone between the rows; empty when it is a row with too little in it."""
    if len(set(texts) - {row.text(ORDINAL)}) > 1:
        return ""
    words = without_number(texts[-1])
    is_lettered = bool(re.fullmatch(r"[IVXLC]+|[A-Z]", row.text(ORDINAL)) or words != texts[-1].strip(" .:"))
    return words if names_a_place(words) or is_lettered else ""


def _under(line: str, title: WrittenPlace) -> WrittenPlace:
    """The place of a section: a village in the commune of the title, or another commune."""
    if not names_a_place(line):
        return title
    place = place_in(line)
    return WrittenPlace(place.village, place.commune or title.commune, place.district or title.district, title.province)


def _place_of_title(above: list[str]) -> WrittenPlace:
    """The commune and province that the titles above a list name."""
    text = "\n".join(above)
    commune, province = _TITLE_PLACE.search(text), _TITLE_PROVINCE.search(text)
    return WrittenPlace(
        commune=f"{commune[1]} {commune[2].strip()}" if commune else "",
        province=province[2].strip() if province else "",
    )
