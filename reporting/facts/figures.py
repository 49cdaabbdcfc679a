"""Figures of an area, period and moment of knowledge, computed from facts by an engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings

from core.periods import ReportingPeriod, vietnam_date
from households.places.boundaries import Level, Place
from reporting.facts.definitions import COUNTED, KNOWN, OF_ANOTHERS_LISTING, STAGES, WITHOUT_ORDER, Part, repeated_once
from reporting.facts.engines import Engine
from reporting.facts.shape import HouseholdFact, moment
from reporting.indicators import indicators_on
from reporting.indicators.declaration import Adding, Indicator

LEVELS = {"P": Level.PROVINCE, "D": Level.DISTRICT, "C": Level.COMMUNE}
IN_DOUBT = "in_doubt"
NO_TEAM = "none"


class UnanswerableQuestion(ValueError):
    """The question has no answer; the message names what in it is wrong."""


class UnitsOfDays(Protocol):
    """The units of any day; ``households.places.boundaries.Boundaries`` says what each method gives."""

    def units_on(self, day: date, level: Level) -> Collection[str]: ...

    def places_on(self, day: date) -> Mapping[bool, Mapping[str, Place]]: ...


@dataclass(frozen=True, slots=True)
class FactSource:
    """Facts, and the units by which their places are named.

    ``is_in_order`` says that the facts of one moment come in the order in which they were written down, as those of the
    database do; those of a file must not leave it open which is the last. ``files`` are closed days.
    """

    facts: Iterable[HouseholdFact]
    units: UnitsOfDays
    is_in_order: bool = False
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuestion:
    """``area`` is country, P:CODE, D:CODE, C:CODE or T:NAME, on the boundaries of the day ``on``.

    ``codes`` are those of indicators, none for all of them; ``as_of`` is the moment of knowledge, aware.
    """

    area: str
    on: date
    period: ReportingPeriod
    as_of: datetime
    codes: tuple[str, ...] = ()
    by: Part | None = None

    @property
    def end(self) -> datetime:
        """The period's end, or ``as_of`` while it runs; what happened at this moment no longer counts."""
        return min(self.period.end, self.as_of)

    @property
    def indicators(self) -> list[Indicator]:
        """In their usual order, each in the version that holds on the last day. Raises UnanswerableQuestion."""
        declared = indicators_on(vietnam_date(self.end - timedelta(microseconds=1)))
        unknown = set(self.codes) - declared.keys()
        if unknown:
            raise UnanswerableQuestion(f"There is no code {min(unknown)!r}. There are {', '.join(declared)}.")
        return [row for code, row in declared.items() if not self.codes or code in self.codes]


@dataclass(frozen=True, slots=True)
class Figure:
    """``parts`` maps the code of each part that has something to its number; empty if none were asked for."""

    code: str
    version: int
    area: str
    period: str
    value: int
    parts: dict[str, int]


class BadOrder(ValueError):
    """Facts that contradict each other: the message says which lines of the file."""


def compute(engine: Engine, source: FactSource, question: FigureQuestion) -> list[Figure]:
    """The figures that were asked for. Raises UnanswerableQuestion, BadOrder, and what reading the facts raises."""
    require_question(question, source.units)
    engine.load("figures_given", source.facts)
    if source.is_in_order:
        engine.take_as_facts(source.files)
    else:
        engine.keep("figures_facts", repeated_once("figures_given"))
        require_order(engine)
    window = min(question.period.start, question.end - timedelta(days=settings.ACTIVE_WINDOW_DAYS))
    instants = (question.period.start, question.end, window, question.as_of)
    kind, _colon, code = question.area.partition(":")
    engine.load("figures_asked", [(*map(moment, instants), code)])
    if kind == "T" and not engine.execute("SELECT 1 FROM figures_facts JOIN figures_asked ON area = team LIMIT 1"):
        raise UnanswerableQuestion(f"There is no team {code!r} among the facts.")
    places = (
        (int(is_former), code, place.commune or "", place.district or "", place.province or "")
        for is_former, by_code in source.units.places_on(question.on).items()
        for code, place in by_code.items()
    )
    engine.load("figures_places", places)
    engine.execute(f"CREATE TEMPORARY VIEW figures_known AS {KNOWN}")
    for name, query in STAGES.items():
        engine.keep(name, query)
    return [_figure(engine, question, row) for row in question.indicators]


def require_question(question: FigureQuestion, units: UnitsOfDays) -> None:
    """Raises UnanswerableQuestion for what no facts could answer."""
    if question.period.start > question.as_of:
        raise UnanswerableQuestion(f"The period {question.period.code} has not begun at {question.as_of.isoformat()}.")
    kind, colon, code = question.area.partition(":")
    is_known = question.area == "country" or (colon and kind == "T" and code)
    if kind in LEVELS and colon:
        is_known = code in units.units_on(question.on, LEVELS[kind])
    if not is_known:
        raise UnanswerableQuestion(f"There was no area {question.area!r} on {question.on}.")
    if question.by == Part.DISTRICT and not units.units_on(question.on, Level.DISTRICT):
        raise UnanswerableQuestion(f"There were no districts on {question.on}.")
    _known = question.indicators


def require_order(engine: Engine) -> None:
    """Raises BadOrder."""
    for first, last in engine.execute(WITHOUT_ORDER):
        raise BadOrder(
            f"Lines {first} and {last}: both happened at one moment and were learned at one moment, "
            "so neither of them is the last."
        )
    for line, ref, lister in engine.execute(OF_ANOTHERS_LISTING):
        raise BadOrder(f"Line {line}: the listing {ref!r} belongs to the household {lister!r}, which listed it first.")


def _figure(engine: Engine, question: FigureQuestion, indicator: Indicator) -> Figure:
    """One figure with its parts, of the stages that stand in the engine."""
    number = "SUM(amount)" if indicator.adding == Adding.SUM else "COUNT(DISTINCT item)"
    rows = f"FROM ({COUNTED[indicator.code, indicator.version]}) counted"
    kind = question.area.partition(":")[0]
    if kind != "country":
        column = Part.TEAM if kind == "T" else Part(LEVELS[kind])
        rows += f" WHERE {column} = (SELECT area FROM figures_asked)"
    ((value,),) = engine.execute(f"SELECT {number} {rows}")
    parts = {}
    if question.by:
        rest = NO_TEAM if question.by == Part.TEAM else IN_DOUBT
        found = engine.execute(
            f"SELECT COALESCE({question.by}, '{rest}'), {number} {rows} GROUP BY COALESCE({question.by}, '{rest}')"
        )
        # Engines sort letters differently.
        parts = {str(part): int(count) for part, count in sorted(found) if count}
    return Figure(
        code=indicator.code,
        version=indicator.version,
        area=question.area,
        period=question.period.code,
        value=int(value or 0),
        parts=parts,
    )
