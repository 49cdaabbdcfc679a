"""While no index answers, pages come from the database: at the promised cost, however much is on sale."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from search.asking import newest
from tests.factories.catalog import listing

PROMISED = 12
PAGES = ["/tim/", "/tim/?q=chè", "/tim/?q=xyzzy", "/tim/?q=che&province=19", "/tim/goi-y/?q=qwzx", "category"]


@pytest.fixture
def no_index(standing_clock, tea, acting, now):
    """A site with a tariff and something that spoils, and nothing in its search folder. An hour that begins would bring
    a new reading of the tariff, which is four queries more."""
    call_command("load_shipping_tariff")
    listing(acting, now, title="Chè tươi", max_transit_days=2)
    return tea


@pytest.fixture(params=PAGES)
def address(request, no_index):
    return no_index.categories.get().get_absolute_url() if request.param == "category" else request.param


def test_a_page_from_the_database_keeps_the_promise(client, address, acting, now, django_assert_max_num_queries):
    client.get(address)
    newest._newest.cache_clear()
    with django_assert_max_num_queries(PROMISED) as few:
        assert client.get(address).status_code == 200
    for number in range(20):
        listing(acting, now, title=f"Chè {number}")
    newest._newest.cache_clear()
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_later_page_reads_again(no_index, acting, now, django_assert_num_queries):
    contents = newest.newest_listings(now).contents
    assert len(contents()[0]) == 2
    with django_assert_num_queries(0):
        assert newest.newest_listings(now).contents() is contents()
    listing(acting, now, title="Chè mới")
    later = now.replace(second=newest.KEPT_SECONDS)
    assert len(newest.newest_listings(later).contents()[0]) == 3
