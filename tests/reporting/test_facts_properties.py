"""Any history: every engine counts what slow loops count that follow the definition's words, or refuses as they do."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.periods import parse_period
from households.places.boundaries import Level, boundaries
from reporting.facts.definitions import Part
from reporting.facts.engines import ENGINES
from reporting.facts.figures import BadOrder, FactSource, FigureQuestion, UnanswerableQuestion, compute
from reporting.facts.history import TAKEN_BACK, read_history
from reporting.facts.shape import Kind
from tests.reporting.facts_history import write
from tests.reporting.facts_reference import (
    RefusedError,
    communes_of_today,
    figures_by_hand,
    former_units,
    period_of,
    where,
)

pytestmark = pytest.mark.django_db

# Around Biên Hòa: with one heir, divided, of another former province of today's Đồng Nai, ended before the reform. Then
# of today: a whole former commune, several of one district, of two districts, of two provinces, an island.
FORMER = ("25999", "25996", "25195", "00010")
TODAY = ("26374", "26017", "25993", "21548", "26020")
PERIODS = ("2022", "2022-H1", "2022-Q2", "2022-03", "2022-W09", "2022-03-14", "2024-H2", "2025", "2025-Q3", "2025-W26")
EDGE = timedelta(microseconds=1)


OFTEN = (Kind.ACCOUNT_OPENED, Kind.ACCOUNT_CLOSED, Kind.MOVED, Kind.LISTED, Kind.SOLD, Kind.SALE_UNDONE) * 3
OFFSETS = ("Z", "+07:00", "-05:30")


def as_written(at: datetime, offset: str) -> str:
    hours = {"Z": 0, "+07:00": 7, "-05:30": -5.5}[offset]
    return (at + timedelta(hours=hours)).replace(tzinfo=None).isoformat() + offset


@st.composite
def questions(draw: st.DrawFn) -> dict[str, object]:
    on = draw(st.sampled_from([date(2022, 5, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 10, 14)]))
    is_former = on < date(2025, 7, 1)
    areas = ["country", "country", "P:75", "T:Tổ 1"] + (
        ["D:731", "P:70", "C:25999", "C:26374"] if is_former else ["C:26020"]
    )
    by = [None, "team", "province", "commune"] + (["district"] if is_former else [])
    period = draw(st.sampled_from(PERIODS))
    start, end = period_of(period)
    return {
        "area": draw(st.sampled_from(areas)),
        "on": on,
        "period": period,
        "as_of": draw(
            st.sampled_from([datetime(2027, 1, 1, tzinfo=UTC), start, start + (end - start) / 3, end, end + EDGE])
        ),
        "by": draw(st.sampled_from(by)),
    }


def edges_of(asked: dict[str, object]) -> list[datetime]:
    """The moments at which something about the question changes, with those just before them."""
    start, period_end = period_of(asked["period"])
    end = min(period_end, asked["as_of"])
    at = [start, end, end - timedelta(days=90), period_end, start + (end - start) / 2]
    return [start - timedelta(days=200), period_end + timedelta(days=30), *at, *(one - EDGE for one in at)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[dict[str, str]], dict[str, object]]:
    """Few households, refs, teams and moments, so that they meet; some histories cannot be."""
    asked = draw(questions())
    moments = st.sampled_from(edges_of(asked))
    kinds = st.sampled_from([*OFTEN, *Kind])
    rows: list[dict[str, str]] = []
    used: list[datetime] = []
    for number in range(draw(st.integers(1, 20))):
        # Often the moment of an earlier row, so that only what was learned later tells which of them is the last.
        happened = draw(st.sampled_from(used)) if used and draw(st.booleans()) else draw(moments)
        used.append(happened)
        learned = draw(st.one_of(st.just(happened), moments, st.sampled_from([asked["as_of"], asked["as_of"] + EDGE])))
        household = draw(st.sampled_from(["H1", "H1", "H2", "h1"]))
        kind = draw(kinds) if number else Kind.ACCOUNT_OPENED
        if kind in (Kind.SOLD, Kind.SALE_UNDONE):
            ref = draw(st.sampled_from(["O1", "O1", "O2"]))
        else:
            ref = f"{household if draw(st.integers(0, 9)) else 'H1'}-{draw(st.sampled_from('12'))}"
        is_former = happened < period_of("2025-07-01")[0]
        back = draw(st.sampled_from([None, None, learned, learned + EDGE, *(one for one in used if one > learned)]))
        rows.append(
            {
                "household": household,
                "kind": str(kind),
                "happened_at": as_written(happened, draw(st.sampled_from(OFFSETS))),
                "learned_at": as_written(learned, "Z"),
                "commune_code": draw(st.sampled_from(FORMER if is_former else TODAY)),
                "team": draw(st.sampled_from(["", "Tổ 1", "Tổ 1", "tổ 1"])),
                "quantity": "1",
                "value": str(draw(st.sampled_from([0, 1, 125_000]))),
                "ref": ref,
                TAKEN_BACK: as_written(back, "Z") if back else "",
            }
        )
    repeated = draw(st.lists(st.integers(0, 20), max_size=2))
    return rows + [rows[n] for n in repeated if n < len(rows)], asked


class FewUnits:
    """The units of this test's communes: the others would only be copied into each engine anew for each history."""

    def units_on(self, day: date, level: Level) -> list[str]:
        return list(boundaries().units_on(day, level))

    def places_on(self, day: date) -> dict[bool, dict[str, object]]:
        known = boundaries().places_on(day)
        return {True: {code: known[True][code] for code in FORMER}, False: {code: known[False][code] for code in TODAY}}


@contextlib.contextmanager
def as_it_was(engine: str) -> Iterator[None]:
    """An engine leaves no table behind."""
    before = set(connection.introspection.table_names())
    yield
    assert set(connection.introspection.table_names()) == before, engine


# DuckDB opens anew for each history, which takes longer than to count it; both run the same SQL.
@pytest.mark.parametrize(("engine", "histories_tried"), [("duckdb", 100), ("database", 400)])
def test_any_history_is_counted_as_its_words_say(tmp_path, engine, histories_tried):
    seen = {"counted": 0, "refused": 0}

    @settings(
        max_examples=histories_tried,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(history=histories())
    def counts_the_same(history: tuple[list[dict[str, str]], dict[str, object]]) -> None:
        rows, asked = history
        starts, _end = period_of(asked["period"])
        assume(starts <= asked["as_of"])
        assume(not asked["area"].startswith("T:") or any(row["team"] == asked["area"][2:] for row in rows))
        question = FigureQuestion(
            **{**asked, "period": parse_period(asked["period"]), "by": Part(asked["by"]) if asked["by"] else None}
        )
        source = FactSource(read_history(write(tmp_path, rows)), FewUnits())
        try:
            expected, clash = figures_by_hand(rows, asked), set()
        except RefusedError as refusal:
            expected, clash = {}, set(refusal.args)
        # Rolled back, so that PostgreSQL gives up the locks of the tables before the next history.
        with transaction.atomic():
            if clash:
                with ENGINES[engine]() as opened, pytest.raises(BadOrder) as caught:
                    compute(opened, source, question)
                assert clash >= {*re.findall(r"\d+", str(caught.value).partition(":")[0])}, (caught.value, clash)
                seen["refused"] += 1
            else:
                with as_it_was(engine), ENGINES[engine]() as opened:
                    found = compute(opened, source, question)
                assert {figure.code: (figure.value, figure.parts) for figure in found} == expected
                seen["counted"] += any(value for value, _parts in expected.values())
            transaction.set_rollback(True)

    counts_the_same()
    assert min(seen.values()) > histories_tried // 10, seen


def test_every_commune_lies_where_the_published_succession_puts_it():
    for day in (date(2025, 6, 30), date(2025, 7, 1)):
        for is_former, codes in ((True, former_units()["commune"]), (False, communes_of_today())):
            found = boundaries().places_on(day)[is_former]
            assert found.keys() == codes.keys()
            for code in codes:
                place = found[code]
                assert where(code, is_former, day < date(2025, 7, 1)) == {
                    "commune": place.commune, "district": place.district, "province": place.province
                }, (day, is_former, code)  # fmt: skip


def test_period_that_begins_at_the_moment_of_knowledge_has_begun_and_is_empty(tmp_path):
    at = period_of("2022-03")[0]
    question = FigureQuestion(area="country", on=date(2022, 3, 1), period=parse_period("2022-03"), as_of=at)
    for engine in ENGINES.values():
        with engine() as opened:
            source = FactSource(read_history(write(tmp_path, [])), FewUnits())
            assert {figure.value for figure in compute(opened, source, question)} == {0}
        early = dataclasses.replace(question, as_of=at - EDGE)
        with engine() as opened, pytest.raises(UnanswerableQuestion, match="2022-03 has not begun"):
            compute(opened, source, early)
