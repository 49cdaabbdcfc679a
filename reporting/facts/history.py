"""A history in a file: facts.csv, read and judged row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from core.periods import VIETNAM
from households.places.boundaries import REFORM_DATE, Level, boundaries
from reporting.facts.shape import MICROSECOND, NEVER, WITH_REF, HouseholdFact, Kind, moment

FILE_NAME = "facts.csv"
COLUMNS = ("household", "kind", "happened_at", "learned_at", "commune_code", "team", "quantity", "value", "ref")
TAKEN_BACK = "taken_back_at"
"""A column that may be left out: the moment from which the row counts nowhere any more."""
KINDS = frozenset(Kind)
REFORM = moment(datetime(REFORM_DATE.year, REFORM_DATE.month, REFORM_DATE.day, tzinfo=VIETNAM))
MAX_VALUE = 10**15
# The day and the clock, with a T or, as many programs write it, a blank between them.
MOMENT = re.compile(r"([0-9W-]{8,10})(?:[T ](.+))?")
MIDNIGHT = re.compile(r"24(?::?00(?::?00(?:[.,]0+)?)?)?((?:Z|[+-].*)?)")
DAY = timedelta(days=1) // MICROSECOND
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")


class BadFacts(ValueError):
    """The file cannot be a history: the message names the file, the line and what is wrong with it."""


def read_history(folder: Path) -> Iterator[HouseholdFact]:
    """The facts of ``facts.csv`` in this folder, in its order. Raises BadFacts, also in the middle of it."""
    path = folder / FILE_NAME
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _facts(path, csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFacts(f"{path}: cannot be read as text in UTF-8: {error}") from error


def _facts(path: Path, rows: Iterator[list[str]]) -> Iterator[HouseholdFact]:
    line = 1
    try:
        heading = next(rows, [])
        if sorted({*heading, TAKEN_BACK}) != sorted((*COLUMNS, TAKEN_BACK)) or len(set(heading)) != len(heading):
            raise BadFacts(f"{path}, line 1: the columns are {', '.join(heading)}; they must be {', '.join(COLUMNS)}.")
        places = [heading.index(name) for name in COLUMNS]
        taken_back = heading.index(TAKEN_BACK) if TAKEN_BACK in heading else None
        line = rows.line_num + 1  # type: ignore[attr-defined]  # csv's readers have it
        for row in rows:
            if row:
                if len(row) != len(heading):
                    raise ValueError(f"it has {len(row)} cells instead of {len(heading)}")
                yield _fact([*(row[place] for place in places), "" if taken_back is None else row[taken_back]], line)
            line = rows.line_num + 1  # type: ignore[attr-defined]  # csv's readers have it
    except (BadFacts, UnicodeDecodeError):
        raise
    except (ValueError, csv.Error) as error:
        raise BadFacts(f"{path}, line {line}: {error}.") from error


def _fact(cells: list[str], line: int) -> HouseholdFact:
    """Raises ValueError that says what is wrong."""
    household, kind, happened, learned, commune, team, quantity, value, ref, taken_back = cells
    if any("\0" in cell for cell in cells):
        raise ValueError("it holds a NUL, which no database keeps")
    if not household:
        raise ValueError("the household is empty")
    if kind not in KINDS:
        raise ValueError(f"there is no kind {kind!r}")
    if not ref and kind in WITH_REF:
        raise ValueError(f"a fact of the kind {kind} needs a ref")
    if not value and kind == Kind.SOLD:
        raise ValueError("a sale needs a value")
    happened_at = parse_moment(happened)
    is_former = happened_at < REFORM
    units = boundaries()
    if commune not in (units.former[Level.COMMUNE] if is_former else units.communes):
        day = "before 1 July 2025" if is_former else "since 1 July 2025"
        raise ValueError(f"there was no commune {commune!r} {day}, when it happened")
    is_undone = kind == Kind.SALE_UNDONE
    learned_at = parse_moment(learned)
    taken_back_at = parse_moment(taken_back) if taken_back else NEVER
    if taken_back and taken_back_at < learned_at:
        raise ValueError("it was taken back before it was learned")
    return HouseholdFact(
        household=household,
        kind=kind,
        happened_at=happened_at,
        learned_at=learned_at,
        is_former=int(is_former),
        commune_code=commune,
        team=team,
        quantity=_number(quantity, "quantity", is_undone),
        value=_dong(value, is_undone),
        ref=ref,
        taken_back_at=taken_back_at,
        place_in_source=line,
    )


@lru_cache(maxsize=4096)
def parse_moment(text: str) -> int:
    """ISO 8601 with an offset, 24:00 included; digits beyond microseconds are cut off. Raises ValueError."""
    written = MOMENT.fullmatch(text.upper())
    try:
        if not written:
            raise ValueError
        midnight = MIDNIGHT.fullmatch(written[2] or "")
        at = datetime.fromisoformat(f"{written[1]}T00:00{midnight[1]}" if midnight else written[0])
    except ValueError as error:
        raise ValueError(f"{text!r} is no moment in ISO 8601, such as 2022-03-14T09:30:00+07:00") from error
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC; write Z or +07:00 behind it")
    return moment(at) + (DAY if midnight else 0)


@lru_cache(maxsize=4096)
def _number(text: str, name: str, is_undone: bool) -> str:
    """A number in its shortest form, or nothing: from zero, but what was undone may be written with a minus.

    Raises ValueError.
    """
    if not text:
        return ""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"the {name} {text!r} is no number")
    number = Decimal(text)
    if not (number >= 0 or is_undone) or abs(number) > MAX_VALUE:
        raise ValueError(f"the {name} {text!r} is no number from 0 to {MAX_VALUE}")
    shortest = f"{number.normalize():f}"
    return "0" if shortest == "-0" else shortest


def _dong(text: str, is_undone: bool) -> int:
    shortest = _number(text, "value", is_undone)
    if "." in shortest:
        raise ValueError(f"the value {text!r} is no whole number of dong")
    return int(shortest or 0)
