"""Vietnamese text on the floor."""

from __future__ import annotations

import unicodedata

import pytest

from core.text import fold, has_marks, nfc, settle_tones, settle_yi, slug, words
from core.tones import GRAVE, place_tone, split_tone


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Chè Tân Cương", "che tan cuong"), ("ĐƯỜNG đậu ướt ưỡn", "duong dau uot uon"), ("Ea H’Leo", "ea h’leo")],
)
def test_folding_drops_every_mark_composed_or_not(typed, folded):
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("hoà bình", "hòa bình"),
        ("Thuỷ", "Thủy"),
        ("HOÀ", "HÒA"),
        ("khoẻ", "khỏe"),
        ("xòai cát Hoà Lộc", "xoài cát Hòa Lộc"),
        ("quý quí quả", "quý quí quả"),
        ("hoàn toàn", "hoàn toàn"),
        ("khuỷu giếng giá", "khuỷu giếng giá"),
    ],
)
def test_tones_settle_on_one_vowel(typed, settled):
    assert settle_tones(typed) == settled
    assert settle_tones(unicodedata.normalize("NFD", typed)) == settled


@pytest.mark.parametrize("foreign", ["iPhone 15", "café au lait", "NPK 16-16-8", "Đăk Lăk"])
def test_what_has_no_misplaced_tone_stays_as_it_is(foreign):
    assert settle_tones(foreign) == foreign


def test_a_lone_y_counts_as_i_and_other_y_stay():
    assert settle_yi("kỹ mỳ quýt Lý Nguyễn tây thúy") == "kĩ mì quít Lí Nguyễn tây thúy"


def test_words_are_runs_of_letters_and_digits():
    assert words("Cà-phê 2.5kg/túi") == ["cà", "phê", "2", "5kg", "túi"]


def test_marks_are_seen_on_letters_and_on_d():
    assert has_marks("đo")
    assert has_marks("ca phê")
    assert not has_marks("Che Tan Cuong")


def test_a_tone_comes_off_and_goes_back():
    assert split_tone("riềng") == ("riêng", GRAVE)
    assert place_tone("riêng", GRAVE) == "riềng"
    assert place_tone("xyz", GRAVE) == "xyz"


def test_composing_and_slugs():
    assert nfc(unicodedata.normalize("NFD", "sầu")) == "sầu"
    assert slug("Chè Tân Cương (500g)") == "che-tan-cuong-500g"


@pytest.mark.parametrize("name", ["ផលិតផលខ្មែរ", "東京", "☘️🌾", "!!!", "", "—"])
def test_a_name_without_latin_letters_still_makes_an_address(name):
    assert slug(name, fallback="gian-hang") == "gian-hang"
    assert slug(name)
