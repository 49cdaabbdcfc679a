"""One spelling for index and query."""

from __future__ import annotations

import unicodedata

import pytest

from search.language.normal import exact_heads, exact_text, folded_text, heads


@pytest.mark.parametrize("typed", ["mỳ Quảng", "mì Quảng", unicodedata.normalize("NFD", "Mỳ Quảng"), "  MÌ   quảng "])
def test_spellings_of_one_name_meet(typed):
    assert exact_text(typed) == "mì quảng"
    assert folded_text(typed) == "mi quang"


@pytest.mark.parametrize(
    "typed", ["túi 5kg", "túi 5 kg", "túi 5 ký", "túi 5 cân", "túi 5.000 gr", "túi năm kg", "Túi 5KG"]
)
def test_one_weight_has_one_word(typed):
    assert exact_text(typed) == "túi 5000g"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("nửa ký", "500g"),
        ("1kg5", "1500g"),
        ("1 ký rưỡi", "1500g"),
        ("2 lạng", "200g"),
        ("0,5 l", "500ml"),
        ("2.5kg", "2500g"),
    ],
)
def test_measures_are_read_as_people_say_them(typed, word):
    assert exact_text(typed) == word


@pytest.mark.parametrize("typed", ["bưởi năm roi", "st25", "ri6", "npk 16 16 8", "khoai lang"])
def test_what_only_looks_like_a_measure_stays(typed):
    assert exact_text(typed) == typed


def test_a_name_begins_behind_its_classifier_too():
    assert "sầu_riêng" in exact_heads("Trái sầu riêng Ri6")
    assert "sau_rieng_ri6" in heads("Trái sầu riêng Ri6")


def test_a_compound_of_another_kind_is_never_cut():
    assert "bap" not in heads("Bắp cải trái tim")
    assert "bap_cai" in heads("Bắp cải trái tim")
    assert "riêng" not in exact_heads("Sầu riêng")
