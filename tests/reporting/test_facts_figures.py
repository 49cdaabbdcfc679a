"""Figures of a history: the same by every engine as counted by hand, and each rule of what a word means."""

from __future__ import annotations

import csv
from datetime import date, datetime
from random import Random

import pytest

from core.periods import VIETNAM
from households.places.boundaries import Level, boundaries
from reporting.facts.engines import ENGINES
from reporting.facts.history import COLUMNS, TAKEN_BACK, BadFacts, read_history
from tests.reporting.facts_history import (
    ALL,
    BINH_PHUOC,
    DIVIDED,
    ENDED,
    FORMER,
    HEIR,
    ISLAND,
    LIFE,
    OF_BIEN_HOA,
    OF_TWO_DISTRICTS,
    SOLD,
    TODAY,
    UNDONE,
    WARD,
    WHOLE,
    a_history,
    fact,
    run,
    values,
    write,
)

pytestmark = pytest.mark.django_db


def test_parts_add_up_to_the_whole_on_the_boundaries_of_every_day(tmp_path):
    folder = write(tmp_path, a_history(Random(9), 30))
    for on, by in (
        (FORMER, "province"),
        (FORMER, "district"),
        (FORMER, "commune"),
        (TODAY, "province"),
        (TODAY, "commune"),
    ):
        for code, (value, parts) in run(folder, period="2026", on=on, by=by).items():
            assert sum(parts.values()) == value or (code == "transactions" and sum(parts.values()) > value), (
                on,
                by,
                code,
            )


def test_order_of_the_rows_and_a_second_run_change_nothing(tmp_path):
    rows = a_history(Random(3))
    found = [run(write(tmp_path, Random(seed).sample(rows, len(rows))), period="2026", by="team") for seed in (1, 1, 2)]
    assert found[0] == found[1] == found[2]
    assert found[0]["accounts"][0] > 3


@pytest.mark.parametrize(
    ("rows", "asked", "expected"),
    [
        ([*LIFE, SOLD], {}, ALL),
        # The end of a day may be written as 24:00, and a blank for the T; more digits than an engine keeps are cut off.
        ([fact("account_opened", "2021-12-31T24:00:00+07:00")], {"period": "2021"}, {}),
        ([fact("account_opened", "2021-12-31 23:59:59.9999999+0700")], {"period": "2021"}, {"accounts": 1}),
        # What was undone may be written with a minus.
        ([*LIFE, SOLD, {**UNDONE, "ref": "O2", "value": "-125000", "quantity": "-2"}], {}, ALL),
        # A period holds its first moment in Vietnam and not the one after its last.
        ([fact("account_opened", "2021-12-31T16:59:59.999Z")], {"period": "2021"}, {"accounts": 1}),
        ([fact("account_opened", "2021-12-31T17:00:00Z")], {"period": "2021"}, {}),
        ([{**SOLD, "happened_at": "2022-04-01T00:00:00+07:00"}], {"period": "2022-Q1"}, {}),
        (
            [{**SOLD, "happened_at": "2022-04-01T00:00:00+07:00"}],
            {"period": "2022-04-01"},
            {"transactions": 1, "value": 125000},
        ),
        # Closed after the last opening; opened again later counts again, and its listing with it.
        ([*LIFE, fact("account_closed", "2022-05-01")], {"period": "2022-Q2"}, {}),
        (
            [*LIFE, fact("account_closed", "2022-05-01"), fact("account_opened", "2022-08-01")],
            {"period": "2022-Q3"},
            {"accounts": 1, "products": 1, "sellers": 1},
        ),
        # The last 90 days are 90 times 24 hours, and their first moment belongs to them.
        ([LIFE[0], fact("searched", "2022-07-02T17:00:00Z")], {"period": "2022-09"}, {"accounts": 1, "active": 1}),
        ([LIFE[0], fact("searched", "2022-07-02T16:59:59.999999Z")], {"period": "2022-09"}, {"accounts": 1}),
        # A period that runs ends at the moment of knowledge, and so do its last 90 days.
        (
            [LIFE[0], fact("searched", "2022-07-02T17:00:00Z")],
            {"period": "2022-12", "as_of": datetime(2022, 12, 1, tzinfo=VIETNAM)},
            {"accounts": 1},
        ),
        # Learned later than the moment of knowledge is not known.
        (
            [{**LIFE[0], "learned_at": "2022-02-01T00:00:00.5+07:00"}],
            {"as_of": datetime(2022, 2, 1, tzinfo=VIETNAM)},
            {},
        ),
        (
            [{**LIFE[0], "learned_at": "2022-02-01T00:00:00+07:00"}],
            {"as_of": datetime(2022, 2, 1, tzinfo=VIETNAM)},
            {"accounts": 1},
        ),
        # Undone, even years later, stays undone, but the account was active; not undone for another household or ref.
        ([*LIFE, SOLD, UNDONE], {}, {"accounts": 1, "active": 1, "products": 1, "sellers": 1}),
        ([*LIFE, SOLD, UNDONE], {"as_of": datetime(2023, 1, 1, tzinfo=VIETNAM)}, ALL),
        ([*LIFE, SOLD, {**UNDONE, "household": "H2"}], {}, ALL),
        ([*LIFE, SOLD, {**UNDONE, "ref": "O2"}], {}, ALL),
        (
            [*LIFE, SOLD, UNDONE, {**SOLD, "happened_at": "2022-06-01T00:00:00Z"}],
            {},
            {**ALL, "active_strict": 0, "transactions": 0, "value": 0},
        ),
        # An order of two households is one, its value both; a household that never opened counts in these two alone.
        ([*LIFE, SOLD, {**SOLD, "household": "H2", "value": "5000"}], {}, {**ALL, "value": 130000}),
        # A row that repeats another in every column is the same fact, however its moment is written.
        ([*LIFE, SOLD, SOLD, {**SOLD, "happened_at": "2022-03-01T01:00:00.000Z"}], {}, ALL),
        ([*LIFE, SOLD, {**SOLD, "quantity": "3"}], {}, {**ALL, "value": 250000}),
        # Of facts of one moment the one learned later is the last.
        (
            [fact("unlisted", "2022-01-06", ref="L1", learned_at="2022-01-07T00:00:00Z"), *LIFE],
            {},
            {"accounts": 1},
        ),
        (
            [fact("account_closed", "2022-01-05", learned_at="2022-01-07T00:00:00Z"), LIFE[0]],
            {},
            {},
        ),
        # The account stands where it moved; what it sold before stays where it was sold.
        (
            [*LIFE, SOLD, fact("moved", "2022-05-01", commune=BINH_PHUOC)],
            {"area": "P:70"},
            {**ALL, "transactions": 0, "value": 0},
        ),
        (
            [*LIFE, SOLD, fact("moved", "2022-05-01", commune=BINH_PHUOC)],
            {"area": f"C:{WARD}"},
            {"transactions": 1, "value": 125000},
        ),
        # The team is that of the last opening, for sales too, whatever their rows name.
        ([*LIFE, SOLD], {"area": "T:Tổ 1"}, ALL),
        ([*LIFE, SOLD], {"area": "T:Tổ 2"}, {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ENGINES)
def test_words_mean_what_the_document_says(tmp_path, engine, rows, asked, expected):
    assert values(run(write(tmp_path, rows), engine=engine, **asked)) == {k: v for k, v in expected.items() if v}


@pytest.mark.parametrize(
    ("commune", "on", "area", "by", "expected"),
    [
        (WARD, TODAY, "P:75", "commune", (1, {HEIR: 1})),
        (DIVIDED, TODAY, "P:75", "commune", (1, {"in_doubt": 1})),
        (DIVIDED, TODAY, "country", "province", (1, {"75": 1})),
        (BINH_PHUOC, TODAY, "country", "province", (1, {"75": 1})),
        (BINH_PHUOC, FORMER, "country", "province", (1, {"70": 1})),
        (ENDED, TODAY, "P:01", "commune", (1, {"in_doubt": 1})),
        (WARD, FORMER, "D:731", "commune", (1, {WARD: 1})),
        (WHOLE, FORMER, "D:731", "commune", (1, {WHOLE: 1})),
        (OF_BIEN_HOA, FORMER, "D:731", "commune", (1, {"in_doubt": 1})),
        (OF_TWO_DISTRICTS, FORMER, "P:75", "district", (1, {"in_doubt": 1})),
        (OF_TWO_DISTRICTS, FORMER, "D:731", "commune", (0, {})),
        # Its former communes have no code, or lay in a town whose district was renamed: Mộc Châu (123).
        ("03979", FORMER, "D:123", "commune", (1, {"in_doubt": 1})),
        (ISLAND, FORMER, "country", "province", (1, {"in_doubt": 1})),
        (ISLAND, TODAY, "country", "province", (1, {"51": 1})),
        (WARD, TODAY, "P:75", "team", (1, {"none": 1})),
    ],
)
def test_fact_lies_where_it_surely_lay_on_the_boundaries_that_were_asked_for(tmp_path, commune, on, area, by, expected):
    day = "2022-02-01" if commune in (WARD, DIVIDED, BINH_PHUOC, ENDED) else "2025-07-01"
    folder = write(tmp_path, [fact("account_opened", day, commune=commune)])
    assert run(folder, period="2026", on=on, area=area, by=by, code=["accounts"])["accounts"] == expected


def test_codes_and_columns_may_come_in_any_order_and_text_may_hold_anything(tmp_path):
    with (tmp_path / "facts.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[::-1], restval="", lineterminator="\r\n")
        writer.writeheader()
        odd = 'Tổ "1", ấp\nBắc\r\nvà\rTây; \\N \'NULL\' \\"'
        writer.writerows([{**LIFE[0], "team": odd}, {**LIFE[0], "household": "NULL", "team": "NULL"}])
    found = run(tmp_path, code=["value", "accounts"], by="team")
    assert list(found) == ["accounts", "value"]
    assert found["accounts"] == (2, {odd: 1, "NULL": 1})
    assert run(tmp_path, area=f"T:{odd}")["accounts"] == (1, {})


def test_a_row_that_was_taken_back_counts_until_then(tmp_path):
    """A sale of 1 March is undone on the 2nd, which is taken back on the 3rd, as known at moments between."""
    sold, undone = (
        fact(kind, f"2022-03-0{day}", value="5", ref="A") for day, kind in ((1, "sold"), (2, "sale_undone"))
    )
    write(tmp_path, [LIFE[0], sold, undone | {TAKEN_BACK: "2022-03-03T00:00:00+07:00"}])
    moments = ("2022-03-02T07:59:59", "2022-03-02T08:00:00", "2022-03-02T23:59:59.999999", "2022-03-03T00:00:00")
    known = [run(tmp_path, period="2022-03", as_of=f"{moment}+07:00")["value"][0] for moment in moments]
    assert known == [5, 0, 0, 5]


@pytest.mark.parametrize("taken_back", ["2022-02-01T00:00:00+07:00", "hôm qua", "2022-03-03"])
def test_a_row_that_was_taken_back_before_it_was_learned_is_refused(tmp_path, taken_back):
    row = fact("sale_undone", "2022-03-02", ref="A") | {TAKEN_BACK: taken_back}
    with pytest.raises(BadFacts, match="line 2"):
        list(read_history(write(tmp_path, [row])))


def test_units_are_those_of_their_day():
    units = boundaries()
    assert [len(units.units_on(FORMER, level)) for level in Level] == [63, 705, 10_599]
    assert [len(units.units_on(TODAY, level)) for level in Level] == [34, 0, 3_321]
    assert units.units_on(date(2025, 6, 30), Level.PROVINCE) == units.units_on(FORMER, Level.PROVINCE)
    assert units.units_on(date(2025, 7, 1), Level.PROVINCE) == units.units_on(TODAY, Level.PROVINCE)
    heirs = units.places_on(TODAY)[True]
    assert sum(place.commune is None for place in heirs.values()) == 568 + 5
    assert all(place.province for place in heirs.values())
