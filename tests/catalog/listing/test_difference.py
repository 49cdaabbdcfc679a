"""What a change would change, word by word."""

from __future__ import annotations

import pytest

from catalog.listing.data import words_of
from catalog.listing.difference import compare_words, difference_of
from households.access import Acting
from tests.factories.catalog import category, listing_data


def marked(before: str, after: str) -> str:
    """Deleted words in square brackets, inserted ones in braces."""
    marks = {(False, False): "{}", (False, True): "[{}]", (True, False): "{{{}}}"}
    return "".join(marks[piece.inserted, piece.deleted].format(piece.text) for piece in compare_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Chè một tôm hai lá", "Chè một tôm hai lá", "Chè một tôm hai lá"),
        ("Chè một tôm hai lá.", "Chè một tôm ba lá.", "Chè một tôm [hai]{ba} lá."),
        ("Chè xanh", "Chè đinh nõn xanh", "Chè {đinh nõn }xanh"),
        ("Chè rất ngon", "Chè ngon", "Chè [rất ]ngon"),
        ("sao tay kỹ", "phơi nắng giòn", "[sao tay kỹ]{phơi nắng giòn}"),
        ("", "Thơm cốm", "{Thơm cốm}"),
        ("Thơm cốm", "", "[Thơm cốm]"),
        ("Dòng một\nDòng hai", "Dòng một\n\nDòng hai", "Dòng một[\n]{\n\n}Dòng hai"),
    ],
)
def test_words_that_changed_are_marked_as_whole_words(before, after, shown):
    assert marked(before, after) == shown


@pytest.mark.parametrize("texts", [("a b " * 1000, "b a " * 1000), ("x" * 4000, "y" * 4000)])
def test_both_texts_can_be_read_back_from_the_pieces_of_the_longest(texts):
    pieces = compare_words(*texts)
    assert "".join(piece.text for piece in pieces if not piece.inserted) == texts[0]
    assert "".join(piece.text for piece in pieces if not piece.deleted) == texts[1]


def test_other_properties_are_shown_before_and_after(cast):
    acting, fruit = Acting(cast.head, cast.household), category("vai", "Vải")
    before = words_of(listing_data(acting))
    after = words_of(listing_data(acting, category_id=fruit.pk, net_weight_g=400, harvest_months=()))
    shown = {
        str(changed.label): [(piece.text, piece.inserted) for piece in changed.pieces]
        for changed in difference_of(before, after, [], []).properties
    }
    assert shown == {
        "loại": [("Chè xanh", False), ("Vải", True)],
        "cân nặng một đơn vị bán": [("500\u00a0g", False), ("400\u00a0g", True)],
        "tháng có hàng": [("Tháng 3, Tháng 4, Tháng 10", False)],
    }


@pytest.mark.parametrize(
    ("before", "after", "added", "removed", "reordered"),
    [
        ("ab", "ab", "", "", False),
        ("ab", "abc", "c", "", False),
        ("ab", "b", "", "a", False),
        ("ab", "ba", "", "", True),
    ],
)
def test_photos_are_added_removed_or_reordered(before, after, added, removed, reordered):
    difference = difference_of({}, {}, list(before), list(after))
    assert ("".join(difference.added), "".join(difference.removed), difference.reordered) == (added, removed, reordered)
    assert bool(difference) is (before != after)
