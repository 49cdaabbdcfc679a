"""A judged set in a folder: ``catalogue.csv``, ``queries.csv``, ``judgements.csv``. Anything wrong in them is said with
its file and line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from core.errors import DomainError

MAX_GRADE = 3
MONTHS = 12
T = TypeVar("T")


class UnreadableSet(DomainError):
    """The folder does not hold a judged set that can be run."""

    code = "unreadable_set"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    sku: str
    name: str
    category: str
    household: str
    province_code: str
    province: str
    commune_code: str
    unit: str
    net_weight_g: int | None
    price_vnd: int
    ocop_stars: int
    season_months: tuple[int, ...]
    description: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    query_id: str
    query: str
    kind: str


@dataclass(frozen=True, slots=True)
class JudgedSet:
    catalogue: tuple[CatalogueRow, ...]
    queries: tuple[JudgedQuery, ...]
    grades: Mapping[str, Mapping[str, int]]


CATALOGUE_COLUMNS = tuple(CatalogueRow.__dataclass_fields__)


def read_set(folder: Path) -> JudgedSet:
    catalogue = _unique(_rows(folder / "catalogue.csv", CATALOGUE_COLUMNS, _catalogue_row), "catalogue.csv", "sku")
    queries = _unique(_rows(folder / "queries.csv", ("query_id", "query", "kind"), _query), "queries.csv", "query_id")
    grades: dict[str, dict[str, int]] = {query_id: {} for query_id in queries}
    for query_id, sku, grade in _rows(folder / "judgements.csv", ("query_id", "sku", "grade"), _judgement):
        if query_id not in queries or sku not in catalogue:
            raise _unreadable("judgements.csv", 0, _("nothing is known of %(key)s") % {"key": f"{query_id}, {sku}"})
        grades[query_id][sku] = grade
    return JudgedSet(tuple(catalogue.values()), tuple(queries.values()), grades)


def _rows(path: Path, columns: tuple[str, ...], read: Callable[[dict[str, str]], T]) -> Iterator[T]:
    """The lines of a file, each read by ``read``; what is wrong with one is said with its number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path.name, 0, str(error)) from error
    lines = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in columns if column not in (lines.fieldnames or ())]
    if missing:
        raise _unreadable(path.name, 1, _("columns are missing: %(names)s") % {"names": ", ".join(missing)})
    for line in lines:
        try:
            yield read({column: (line[column] or "").strip() for column in columns})
        except (ValueError, csv.Error) as error:
            raise _unreadable(path.name, lines.line_num, str(error)) from error


def _catalogue_row(line: dict[str, str]) -> CatalogueRow:
    if not line["sku"] or not line["name"]:
        raise ValueError(_("sku and name must be filled in"))
    return CatalogueRow(
        **{key: line[key] for key in ("sku", "name", "category", "household", "province", "unit", "description")},
        province_code=line["province_code"].zfill(2) if line["province_code"] else "",
        commune_code=line["commune_code"].zfill(5) if line["commune_code"] else "",
        net_weight_g=_number(line["net_weight_g"]),
        price_vnd=_number(line["price_vnd"]) or 0,
        ocop_stars=_number(line["ocop_stars"]) or 0,
        season_months=_months(line["season_months"]),
    )


def _query(line: dict[str, str]) -> JudgedQuery:
    if not line["query_id"] or not line["kind"]:
        raise ValueError(_("query_id and kind must be filled in"))
    return JudgedQuery(**line)


def _judgement(line: dict[str, str]) -> tuple[str, str, int]:
    grade = int(line["grade"])
    if not 0 <= grade <= MAX_GRADE:
        raise ValueError(_("a grade is 0 to 3, not %(grade)s") % {"grade": grade})
    return line["query_id"], line["sku"], grade


def _number(text: str) -> int | None:
    return round(float(text)) if text else None


def _months(text: str) -> tuple[int, ...]:
    """Months one by one ("5,6,7", "[5, 6]") or from to ("5-7", also over the end of the year); none is all year."""
    months: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", text):
        start, end = int(first), int(last or first)
        if not (1 <= start <= MONTHS and 1 <= end <= MONTHS):
            raise ValueError(_("there is no month %(month)s") % {"month": max(start, end)})
        months += range(start, end + 1) if start <= end else [*range(start, MONTHS + 1), *range(1, end + 1)]
    return tuple(dict.fromkeys(months))


def _unique(rows: Iterator[T], name: str, key: str) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in rows:
        value = getattr(row, key)
        if value in found:
            raise _unreadable(name, 0, _("%(key)s appears twice") % {"key": value})
        found[value] = row
    if not found:
        raise _unreadable(name, 0, _("the file is empty"))
    return found


def _unreadable(name: str, line: int, problem: str) -> UnreadableSet:
    where = f"{name}:{line}" if line else name
    return UnreadableSet(f"{where}: {problem}")
