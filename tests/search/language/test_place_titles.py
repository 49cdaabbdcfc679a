"""The titles that stand before a place's name are those that ``households`` knows."""

from __future__ import annotations

import pytest

from households.places.names import SHORT_TITLES
from search.language.normal import exact_words
from search.language.places import bare_name, title_length

TYPED = [*SHORT_TITLES, "tp", "tx", "tt", "dk", "tinh", "thanh pho", "huyen", "xa", "phuong"]


@pytest.mark.parametrize("title", TYPED)
def test_title_is_no_part_of_the_name(title):
    words = exact_words(f"{title} lục ngạn")
    assert bare_name(words) == ("lục", "ngạn")
    assert title_length(words) == len(title.split())


@pytest.mark.parametrize("name", ["quan sơn", "p ngạn", "x ngạn", "xã"])
def test_word_that_may_mean_something_else_is_kept(name):
    assert bare_name(exact_words(name)) == tuple(name.split())
