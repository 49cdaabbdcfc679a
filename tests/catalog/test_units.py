"""Weights as people write them, and units said in full."""

from __future__ import annotations

import pytest

from catalog.units import BadWeight, SaleUnit, parse_grams, price_per_kilogram, show_grams, show_unit


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("500", 500),
        ("500g", 500),
        ("1.500 g", 1500),
        ("1,5 kg", 1500),
        ("1.5kg", 1500),
        ("0,25 ký", 250),
        ("2 cân", 2000),
        ("3 lạng", 300),
        (" 12 KG ", 12000),
        ("1,375 kg", 1375),
        ("1,500 g", 1500),
    ],
)
def test_a_weight_is_read_as_it_is_spoken(text, grams):
    assert parse_grams(text) == grams


@pytest.mark.parametrize("text", ["", "kg", "0", "-1", "1,5", "2 tạ ba", "101 kg", "1.500 kg", "5 pounds", "1,0005 kg"])
def test_what_is_no_whole_weight_is_refused(text):
    with pytest.raises(BadWeight):
        parse_grams(text)


@pytest.mark.parametrize(("grams", "shown"), [(500, "500 g"), (1500, "1,5 kg"), (2000, "2 kg"), (10_050, "10,05 kg")])
def test_a_weight_is_shown_as_it_is_spoken(grams, shown):
    assert show_grams(grams).replace("\u00a0", " ") == shown


def test_a_unit_always_says_grams_or_pieces():
    assert show_unit(SaleUnit.KILOGRAM, None, 1000) == "kg"
    assert "12" in show_unit(SaleUnit.CHUC, 12, None)
    assert "300\u00a0g" in show_unit(SaleUnit.BUNCH, None, 300)
    assert "2,4\u00a0kg" in show_unit(SaleUnit.CHUC, 12, 2400)


def test_unlike_packs_are_compared_by_the_kilogram():
    assert price_per_kilogram(60_000, SaleUnit.BAG, 500) == 120_000
    assert price_per_kilogram(60_000, SaleUnit.KILOGRAM, 1000) is None
    assert price_per_kilogram(60_000, SaleUnit.CHUC, None) is None
