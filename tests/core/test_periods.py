"""Periods are half-open spans of Vietnam's time, written as ISO 8601 and our own quarters and half-years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.periods import BadPeriod, parse_period, vietnam_date
from reporting.frames import period_of, show_period


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-W09", date(2022, 2, 28), date(2022, 3, 6)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2022-03-14", date(2022, 3, 14), date(2022, 3, 14)),
    ],
)
def test_period_holds_its_first_day_and_not_the_day_after_its_last(code, first, last):
    period = parse_period(f" {code} ")
    assert period.code == code
    assert vietnam_date(period.start) == first
    assert vietnam_date(period.start - timedelta(microseconds=1)) == first - timedelta(days=1)
    assert vietnam_date(period.end - timedelta(microseconds=1)) == last
    assert (period.start.utcoffset(), period.end.hour) == (timedelta(hours=7), 0)


@pytest.mark.parametrize(
    "code",
    [
        *("", "soon", "22", "1999", "2101", "2022-00", "2022-13", "2022-3", "2022-Q0", "2022-Q5", "2022-H3"),
        *("2022-W00", "2022-W53", "1999-W52", "2022-02-29", "2022-3-14", "2022-03-14T00:00", "2022-q1", "٢٠٢٢"),
    ],
)
def test_period_that_no_calendar_has_is_refused(code):
    with pytest.raises(BadPeriod, match="2026-W09"):
        parse_period(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2022", "Năm 2022"),
        ("2022-H2", "Nửa năm 2/2022"),
        ("2022-Q4", "Quý 4/2022"),
        ("2022-09", "Tháng 9/2022"),
        ("2022-W09", "Tuần 9/2022"),
        ("2022-03-14", "Ngày 14/03/2022"),
    ],
)
def test_period_is_shown_in_words(code, words):
    assert show_period(code) == words


def test_cumulative_week_that_begins_in_december_holds_all_its_days():
    assert period_of("2025-W01", is_cumulative=True).start == parse_period("2025-W01").start
    assert period_of("2025-W02", is_cumulative=True).start == parse_period("2025").start
