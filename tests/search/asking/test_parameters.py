"""What an address says, read as it was meant."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.asking.parameters import MAX_TEXT_LENGTH, Parameters


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  mật ong\x00rừng ", "mật ong rừng"),
        ("mật " * 40, ("mật " * (MAX_TEXT_LENGTH // 4)).strip()),
        ("m" * 300, "m" * MAX_TEXT_LENGTH),
        ("m" * MAX_TEXT_LENGTH, "m" * MAX_TEXT_LENGTH),
    ],
)
def test_a_text_that_goes_on_too_long_ends_with_a_whole_word(typed, read):
    query = QueryDict(mutable=True)
    query["q"] = typed
    assert Parameters(query, "/tim/").text == read
