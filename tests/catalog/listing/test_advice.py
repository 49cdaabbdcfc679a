"""The next thing to mend, one at a time."""

from __future__ import annotations

import pytest

from catalog.listing.advice import next_fix
from catalog.listing.selectors import preview_of
from catalog.storefront.product_page import product_page
from households.access import Acting
from tests.factories.catalog import draft

WORDS = "Chè một tôm hai lá hái sáng sớm sao tay bằng củi nước xanh vị chát dịu hậu ngọt thơm mùi cốm non lâu."
COMPLETE = {"photos": 3, "description": WORDS}


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({}, None),
        ({"photos": 0}, "Add a photo"),
        ({"stock": 0}, "how many you have"),
        ({"photos": 2}, "until there are three"),
        ({"description": "Chè ngon."}, "few sentences"),
        ({"harvest_months": ()}, "harvest months"),
        ({"storage": "chilled"}, "how many days"),
    ],
)
def test_the_most_telling_lack_is_named_first(cast, now, lacking, said):
    from django.utils import translation

    made = draft(Acting(cast.head, cast.household), now, **(COMPLETE | lacking))
    with translation.override("en"):
        advice = next_fix(product_page(preview_of(made, now.date()), now))
        assert (advice is None) if said is None else (said in str(advice))
