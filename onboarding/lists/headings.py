"""Which row of a sheet names the columns, and what each column holds: communes write their headings in many ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.numbers import whole_number
from core.spreadsheets import Cell, text_of
from core.text import fold

MAX_ROWS_ABOVE = 40
MAX_HEADING_LENGTH = 120
ORDINAL = "ordinal"
ORDINAL_NAMES = ("stt", "tt", "so tt", "so thu tu", "no")
PASSED_OVER = "passed_over"
"""What a list holds and we do not keep; named so that "Ngày cấp CCCD" is not taken for the identity number."""

Names = Mapping[str, tuple[str, ...]]
"""Field to the headings that people write for it, folded; the longest that fits a heading decides."""


@dataclass(frozen=True, slots=True)
class Columns:
    """``at`` gives for each field the columns that hold it; ``heading`` the words above them, folded.

    ``words`` are the headings by themselves, ``first_row`` is the index of the first row below, ``above`` the texts
    over them.
    """

    at: dict[str, list[int]]
    heading: dict[int, str]
    words: frozenset[str]
    first_row: int
    above: list[str]

    def heading_of(self, field: str) -> str:
        return " ".join(self.heading[column] for column in self.at.get(field, ()))


def find_columns(rows: Sequence[Sequence[Cell]], names: Names, is_list: Callable[[set[str]], bool]) -> Columns | None:
    """The row or two rows that name the most columns; None for a sheet that is no list of this kind.

    ``is_list`` says of the fields that were found whether they make such a list. A second row counts when it names what
    hangs under a merged cell: "Thôn" and "Xã" under "Địa chỉ".
    """
    best: Columns | None = None
    best_height = 1
    for index in range(min(len(rows), MAX_ROWS_ABOVE)):
        for height in (1, 2):
            if height == 2 and not (index + 1 < len(rows) and _hangs_under(rows[index], rows[index + 1])):
                continue
            found = _columns_at(rows, index, height, names)
            # Of two that name as much the single row: what stands over it is a title.
            if is_list(set(found.at)) and (best is None or (_named(found), -height) > (_named(best), -best_height)):
                best, best_height = found, height
    return best


def _hangs_under(top: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the lower row has texts only, where the upper is empty, begins a merged cell or says the same."""
    if not any(lower) or not all(isinstance(cell, str) for cell in lower):
        return False
    open_ends = [at + 1 < len(top) and top[at + 1] == "" for at in range(len(top))]
    return all(cell == "" or at >= len(top) or top[at] in ("", cell) or open_ends[at] for at, cell in enumerate(lower))


def _named(columns: Columns) -> int:
    return sum(len(held) for held in columns.at.values())


def _columns_at(rows: Sequence[Sequence[Cell]], index: int, height: int, names: Names) -> Columns:
    top = _words(rows[index])
    lower = _words(rows[index + 1]) if height == 2 and index + 1 < len(rows) else []
    at: dict[str, list[int]] = {}
    heading: dict[int, str] = {}
    over = ""
    for column in range(max(len(top), len(lower))):
        own = top[column] if column < len(top) else ""
        under = lower[column] if column < len(lower) else ""
        over = own or (over if under else "")
        both = " ".join(dict.fromkeys(filter(None, (over, under))))
        heading[column] = both
        field = field_of(under, names) or field_of(both, names) if under else field_of(own, names)
        if field and field != PASSED_OVER:
            at.setdefault(field, []).append(column)
    first = index + height
    while first < len(rows) and _numbers_the_columns(rows[first]):
        first += 1
    above = [text_of(cell) for row in rows[:index] for cell in row if cell != ""]
    return Columns(at, heading, frozenset(filter(None, (*top, *lower))), first, above)


def _words(row: Sequence[Cell]) -> list[str]:
    return [heading_words(text_of(cell)) if isinstance(cell, str) else "" for cell in row]


def heading_words(text: str) -> str:
    """ "Số ĐT (Zalo)*:" as "so dt (zalo)": folded, without what only decorates."""
    return " ".join(re.sub(r"[^\w()/%.,*-]|(?<![\w)])[.*-]|[.*:-]+$", " ", fold(text)).split()).strip("* ")


def field_of(heading: str, names: Names) -> str:
    """The field that a heading names, by the longest of its known names that stands in it as whole words."""
    if not heading or len(heading) > MAX_HEADING_LENGTH:
        return ""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading).split())
    bare = " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", " ", heading)).split())
    fits = [
        (name in (plain, bare), f" {bare} ".startswith(f" {name} "), len(name), field)
        for field, known in names.items()
        for name in known
        if f" {name} " in f" {plain} "
    ]
    return max(fits)[3] if fits else ""


def _numbers_the_columns(row: Sequence[Cell]) -> bool:
    """A row of "(1) (2) (3)", "1 2 3" or "A B C" under the headings."""
    said = [re.sub(r"[()\[\]\s]", "", text_of(cell)) for cell in row if cell != ""]
    if len(said) < 2:
        return False
    letters = said[0].isalpha() and all(len(text) == 1 for text in said) and said == sorted(said)
    numbers = [number for text in said if len(text) <= 2 and (number := whole_number(text)) is not None]
    in_turn = len(numbers) >= max(2, len(said) - 3) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return letters or (in_turn and all(len(text) <= 7 for text in said))
