"""Dong as people write them."""

from __future__ import annotations

import pytest

from core.money import BadAmount, parse_dong, show_dong


@pytest.mark.parametrize(
    "text",
    ["120000", "120.000", "120,000", "120 000", " 120.000 đ", "120.000đ", "120000 VND", "120k", "120K", "120 nghìn",
     "120 ngàn đồng", "120.000 đồng"],
)  # fmt: skip
def test_the_ways_to_write_an_amount_mean_the_same(text):
    assert parse_dong(text) == 120_000


@pytest.mark.parametrize(
    "text",
    ["", "0", "0đ", "-5", "1,5", "1.5", "1,5k", "1.20", "12.0000", "1000000000000", "10^12", "mười nghìn", "k", "٣٠٠٠",
     "1e6", "120.000.", "1 2"],
)  # fmt: skip
def test_what_is_no_whole_amount_is_refused(text):
    with pytest.raises(BadAmount):
        parse_dong(text)


def test_an_amount_is_shown_in_groups_with_its_sign_kept_on_the_line():
    assert show_dong(1_250_000) == "1.250.000\u00a0đ"
