"""How an indicator is declared; pages, records behind figures, files and the document are derived from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum

from core.personal_data import mask_name, mask_phone
from households.models import Household
from reporting.areas import Breakdown
from reporting.frames import Frame
from reporting.standing import commune_name_then, part_stood_in, stood_in_area


class Adding(StrEnum):
    """How the rows that count make the figure; the value is how the document says it."""

    COUNT = "the number of its records"
    DISTINCT = "the number of different references among its records"
    SUM = "the sum of the amounts of its records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one counted row shows: ``what`` counts, ``at`` since or when, ``url`` leads to it.

    ``reference`` is what a DISTINCT figure counts once; ``amount``, in the indicator's unit, is what a SUM adds up.
    ``doubt`` says why the row may be made up, and is empty where nothing speaks for it.
    """

    what: str
    at: datetime
    reference: str = ""
    amount: int | None = None
    url: str = ""
    doubt: str = ""


def as_counted(rows: QuerySet[Any], _frame: Frame) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class Proof:
    """``show`` makes the evidence of one row; ``read`` adds to the rows what ``show`` needs and they do not hold."""

    show: Callable[[Any], Evidence]
    read: Callable[[QuerySet[Any], Frame], QuerySet[Any]] = as_counted


@dataclass(frozen=True, slots=True)
class Doubts:
    """``keep`` leaves, of the rows that count, those that may be made up; ``text`` says which these are."""

    keep: Callable[[QuerySet[Any], Frame], QuerySet[Any]]
    text: Any


@dataclass(frozen=True, slots=True)
class Record:
    """One row behind a figure, with its household and the commune in which that stood; personal data is masked."""

    household_code: str
    household_name: str
    head: str
    phone: str
    commune: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One version of an indicator. A change is another declaration with the next version, never a change of this one.

    ``facts`` gives the rows that count in a frame, wherever they lie; ``rows`` keeps those of the frame's area.
    ``household`` is the path from a row to its household, empty when the rows are households.
    ``field`` is what DISTINCT counts and SUM adds up. ``moment`` is the field that says when a row happened, if it
    counts where its household stood at that moment; empty, if it counts where the household stood at the frame's end.
    ``looks_back`` says that the facts are sought in the frame's window and not in its period alone. ``doubts`` are
    counted apart. ``name``, ``unit``, ``text`` and ``source`` are lazy translations.
    """

    code: str
    version: int
    valid_from: date
    name: Any
    unit: Any
    text: Any
    source: Any
    facts: Callable[[Frame], QuerySet[Any]]
    household: str
    adding: Adding
    field: str = "pk"
    proof: Proof
    looks_back: bool = False
    moment: str = ""
    doubts: Doubts | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.proof, Proof):
            raise TypeError(f"Indicator {self.code} declares no proof: say what each of its records shows.")

    @property
    def adds_up(self) -> bool:
        """Whether the figures of parts sum to the figure of the whole: one order may lie in two communes."""
        return self.adding != Adding.DISTINCT

    @property
    def of_these_in_doubt(self) -> Indicator | None:
        """The same indicator over its rows in doubt alone; None where it names no doubts."""
        facts, doubts = self.facts, self.doubts
        if doubts is None:
            return None
        return replace(self, facts=lambda frame: doubts.keep(facts(frame), frame), doubts=None)

    @property
    def counts_households(self) -> bool:
        return not self.household

    def rows(self, frame: Frame) -> QuerySet[Any]:
        """The rows that count in the frame's area."""
        return self.facts(frame).filter(stood_in_area(frame, self.household, self.moment))

    def figure(self, frame: Frame) -> int:
        """The figure of the whole area: one query."""
        return self.added_up(self.rows(frame))

    def figures_by(self, frame: Frame, breakdown: Breakdown) -> dict[Any, int]:
        """The figure of each part of the area that has one: one query, whatever the number of parts."""
        part = part_stood_in(frame, breakdown, self.household, self.moment)
        rows = self.rows(frame).order_by().annotate(stood_in=part)
        figures = rows.values_list("stood_in").annotate(figure=self._aggregate)
        return {key: int(number or 0) for key, number in figures}

    def records(self, frame: Frame) -> QuerySet[Any]:
        """The counted rows with all that ``record_of`` shows, in a stable order; those of one reference together."""
        rows = self.proof.read(self.rows(frame), frame)
        together = [self.field] if self.adding == Adding.DISTINCT else []
        then = commune_name_then(frame, self.household, self.moment)
        read: QuerySet[Any] = rows.select_related(f"{self.household}head").annotate(commune_name_then=then)
        return read.order_by(*together, f"{self.household}code", "pk")

    def added_up(self, rows: QuerySet[Any]) -> int:
        """What rows, or the records shown of them, make together."""
        # PostgreSQL gives the sum of big integers back as a Decimal.
        return int(rows.order_by().aggregate(figure=self._aggregate)["figure"] or 0)

    def record_of(self, row: Any) -> Record:
        """What is shown of one row of ``records``."""
        household: Household = reduce(getattr, self.household.split("__")[:-1], row)
        return Record(
            household_code=household.code,
            household_name=household.name,
            head=mask_name(household.head.full_name) if household.head else "",
            phone=mask_phone(household.phone),
            commune=row.commune_name_then,
            evidence=self.proof.show(row),
        )

    @property
    def _aggregate(self) -> Aggregate:
        if self.adding == Adding.SUM:
            return Sum(self.field)
        return Count(self.field, distinct=self.adding == Adding.DISTINCT)
