"""The storefront: what one household sells, a page at a time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.cards import storefront_url
from households.access import Acting
from tests.accessibility import problems
from tests.factories.catalog import draft, listing
from tests.sign_in import sign_in


@pytest.fixture
def address(cast) -> str:
    return storefront_url(cast.household.slug, cast.household.code)


def test_a_storefront_shows_what_its_household_has_on_sale_and_nothing_else(client, cast, own, address):
    now = timezone.now()
    listing(own, now, title="Chè đinh")
    draft(own, now, title="Chè còn nháp")
    listing(Acting(cast.other_head, cast.other_household), now, title="Vải thiều")
    answer = client.get(address)
    assert [card.title for card in answer.context["cards"]] == ["Chè đinh"]
    assert problems(answer.content.decode()) == []


def test_the_number_of_queries_does_not_grow_with_products(client, cast, own, address):
    now = timezone.now()
    counts = []
    for more in (1, 10, 30):
        for _number in range(more):
            listing(own, now, photos=2)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    sign_in(client, cast.buyer)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).context["page_obj"].paginator.num_pages == 2
    assert len(queries) <= 12


def test_pages_follow_each_other_without_repeating(client, own, address):
    now = timezone.now()
    for number in range(26):
        listing(own, now, title=f"Chè số {number}")
    titles = [card.title for page in (1, 2) for card in client.get(f"{address}?page={page}").context["cards"]]
    assert len(titles) == len(set(titles)) == 26


def test_a_storefront_with_nothing_on_sale_says_so(client, address):
    assert "product-grid" not in client.get(address).content.decode()


def test_an_old_name_in_the_address_leads_to_the_right_one(client, cast, address):
    answer = client.get(f"/gian-hang/ten-cu_{cast.household.code}/")
    assert (answer.status_code, answer.url) == (301, address)


@pytest.mark.parametrize("change", [{"is_selling": False}, {"opened_at": None}, {"closed_at": "2026-01-01T00:00:00Z"}])
def test_a_closed_storefront_and_its_products_are_not_found(client, cast, own, address, change):
    made = listing(own, timezone.now())
    type(cast.household).objects.filter(pk=cast.household.pk).update(**change)
    assert client.get(address).status_code == 404
    assert client.get(made.get_absolute_url()).status_code == 404
