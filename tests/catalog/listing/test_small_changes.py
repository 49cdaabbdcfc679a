"""The one rule that says which changes nobody need check: each boundary is tried on both sides."""

from __future__ import annotations

from dataclasses import fields

import pytest

from catalog.listing.data import OFFER_FIELDS, ListingData
from catalog.listing.small_changes import MAX_SLIPS, SLIPPED_FIELDS, is_small_change

WORDS = ("trong", "vườn", "nhánh", "tươi", "thơm", "nắng")
TEXTS = [
    # nothing but case, spaces and punctuation
    ("Chè Tân Cương", "chè tân  cương.", True),
    ("Sao tay. Thơm cốm", "Sao tay, thơm cốm!", True),
    # one letter, in a word of four letters
    ("Chè thơmm lắm", "Chè thơm lắm", True),
    ("Chè thơ lắm", "Chè thơm lắm", False),
    ("Chè trogn vườn", "Chè trong vườn", True),
    ("Chè thuong lắm", "Chè thương lắm", False),
    ("Chè tron vườn", "Chè trong vườn", True),
    ("bò tơ", "bơ tơ", False),
    ("Mật dừa", "Mật dứa", False),
    # words that come, go or change places
    ("Chè Tân Cương", "Chè Tân Cương ngon", False),
    ("Chè Tân Cương ngon", "Chè Tân Cương", False),
    ("trong vườn", "vườn trong", False),
    # as many slips as may be, and one more
    (" ".join(WORDS[:MAX_SLIPS]), " ".join(f"{word}h" for word in WORDS[:MAX_SLIPS]), True),
    (" ".join(WORDS), " ".join(f"{word}h" for word in WORDS), False),
    # numbers, however they are written
    ("Túi 500 g", "Túi 400 g", False),
    ("Túi 1,5 kg", "Túi 15 kg", False),
    ("Từ 1/2 cân", "Từ 1-2 cân", False),
    ("Để 5 ngày", "Để 5 ngày.", True),
    ("Giao sau mười ngày", "Giao sau mươi ngày", False),
    ("Trăm quả", "Trâm quả", False),
    ("Ngọt 4%", "Ngọt 4", False),
    # units
    ("Mỗi lạng", "Mỗi làng", False),
    ("Mỗi tháng", "Mỗi tháng!", True),
    ("Mỗi tháng", "Mỗi thángg", False),
    # claims of quality, made, mended or lost
    ("Chè sạch", "Chè sach", False),
    ("Chè organi", "Chè organic", False),
    ("Chè VietGap", "Chè VietGAP", True),
    ("Chè khong phun", "Chè không phun", False),
    ("Thơm ngon", "Thơm ngon ★★★★★", False),
    ("Thơm ngon", "Thơm ngon ✅", False),
]


def listing(**changes: object) -> ListingData:
    said = {"title": "Chè", "category_id": 1, "price": 1000, "stock": 1, "origin_commune_id": "05503"}
    return ListingData(**(said | changes))


@pytest.mark.parametrize("field", SLIPPED_FIELDS)
@pytest.mark.parametrize(("before", "after", "small"), TEXTS)
def test_only_slips_of_the_finger_are_small(field, before, after, small):
    assert is_small_change(listing(**{field: before}), listing(**{field: after}), [], []) is small


def test_decomposed_letters_are_the_same_letters():
    composed, decomposed = "Chè thơm", "Chè thơm"
    assert is_small_change(listing(description=composed), listing(description=decomposed), [], [])


OTHER = {
    "category_id": 2,
    "sale_unit": "bag",
    "pieces": 12,
    "net_weight_g": 400,
    "pack_weight_g": 900,
    "harvest_months": (3,),
    "origin_commune_id": "07492",
    "storage": "frozen",
    "max_transit_days": 2,
}


def test_every_other_property_is_tried():
    assert OTHER.keys() == {field.name for field in fields(ListingData)} - OFFER_FIELDS - set(SLIPPED_FIELDS)


@pytest.mark.parametrize("field", OTHER)
def test_no_other_property_is_small(field):
    assert not is_small_change(listing(), listing(**{field: OTHER[field]}), [], [])


def test_price_and_stock_are_not_looked_at():
    assert is_small_change(listing(), listing(price=9, stock=9), [], [])


@pytest.mark.parametrize(
    ("after", "small"),
    [
        ("ab", True),
        ("abc", True),
        ("abcd", True),
        ("a", False),
        ("ba", False),
        ("cab", False),
        ("acb", False),
        ("", False),
    ],
)
def test_photos_are_small_only_behind_the_others(after, small):
    assert is_small_change(listing(), listing(), list("ab"), list(after)) is small
