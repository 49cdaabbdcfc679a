"""Prices, stars, months and measures said in words."""

from __future__ import annotations

import pytest

from search.language.facts import read_facts
from search.language.measures import MAX_AMOUNT, Measure
from search.language.query import Facts


@pytest.mark.parametrize(
    ("typed", "low", "high", "rest"),
    [
        ("gạo dưới 200k", None, 200_000, "gạo"),
        ("gao duoi 200 nghin", None, 200_000, "gao"),
        ("trà từ 50k đến 100k", 50_000, 100_000, "trà"),
        ("cam 50-100k", 50_000, 100_000, "cam"),
        ("yến trên 1 triệu", 1_000_000, None, "yến"),
        ("gạo giá 20k", 15_000, 25_000, "gạo"),
        ("gạo 100.000 đến 200.000", 100_000, 200_000, "gạo"),
    ],
)
def test_prices_become_limits(typed, low, high, rest):
    facts, left = read_facts(typed)
    assert (facts.price_at_least, facts.price_at_most, left) == (low, high, rest)


@pytest.mark.parametrize("typed", ["bưởi năm roi", "phân npk 16-16-8", "gạo st25", "tôm 30 con"])
def test_other_numbers_are_no_price(typed):
    assert read_facts(typed) == (Facts(), typed)


def test_stars_are_one_count_or_that_many_and_up():
    assert read_facts("mật ong ocop 4 sao")[0] == Facts(stars=(4,), ocop=True)
    assert read_facts("trà 3 sao trở lên")[0].stars == (3, 4, 5)
    assert read_facts("trà 9 sao")[0].stars == ()


def test_months_season_and_chuc_are_understood():
    assert read_facts("trái cây tháng 12")[0].months == (12,)
    assert read_facts("rau đang mùa") == (Facts(in_season=True), "rau")
    assert read_facts("1 chục trứng gà") == (Facts(unit_words=("chục",)), "trứng gà")
    assert read_facts("gạo st25 5kg")[0].measures == (Measure(5000, "g"),)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("yến sào từ 1 triệu trở lên", 1_000_000, None),
        ("chè 200k trở xuống", None, 200_000),
        ("che it nhat 300k", 300_000, None),
        ("chè dưới 2 trăm nghìn", None, 200_000),
        ("dưới 99999999999999999999999 đồng", None, None),
    ],
)
def test_limits_are_heard_in_more_ways_and_absurd_ones_are_none(text, least, most):
    facts, _rest = read_facts(text)
    assert (facts.price_at_least, facts.price_at_most) == (least, most)


@pytest.mark.parametrize(("text", "months"), [("trái cây mùa tháng 6", (6,)), ("bưởi tháng chạp", (12,))])
def test_months_have_names_and_a_season_before_them(text, months):
    facts, rest = read_facts(text)
    assert (facts.months, rest) == (months, text.split()[0] + (" cây" if "cây" in text else ""))


def test_no_weight_is_beyond_what_an_engine_can_count():
    facts, _rest = read_facts("gạo 9999999999999999 tấn")
    assert facts.measures[0].amount == MAX_AMOUNT
