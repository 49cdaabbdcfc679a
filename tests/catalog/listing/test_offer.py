"""Price and stock: changed at once, never below what buyers have ordered."""

from __future__ import annotations

import pytest

from catalog.listing.data import ListingRefused
from catalog.listing.services import StockBelowReserved, propose_revision
from catalog.offer.models import StockRecord
from households.access import Acting
from households.models import Act
from tests.factories.catalog import listing, listing_data, set_price, set_stock


@pytest.fixture
def reserved(own, now):
    """On sale with 40, of which buyers have ordered 7."""
    made = listing(own, now)
    StockRecord.objects.filter(product=made).update(num_allocated=7)
    return made


def test_a_team_sets_price_and_stock_without_a_second_check(cast, own, now):
    made = listing(own, now)
    helped = Acting(cast.volunteer, cast.household, cast.team)
    set_price(acting=helped, listing=made, price=99_000, now=now)
    assert set_stock(acting=helped, listing=made, stock=5, now=now).status == "published"
    record = StockRecord.objects.get()
    assert (record.price, record.num_in_stock) == (99_000, 5)


def test_stock_below_what_is_reserved_is_refused_and_says_how_many(own, reserved, now):
    for attempt in (
        lambda: set_stock(acting=own, listing=reserved, stock=6, now=now),
        lambda: propose_revision(
            acting=own,
            listing=reserved,
            data=listing_data(own, stock=6),
            photos=list(reserved.photos.all()),
            version=1,
            replaces=None,
            now=now,
        ),
    ):
        with pytest.raises(StockBelowReserved) as refused:
            attempt()
        assert "7" in str(refused.value)
    assert StockRecord.objects.get().num_in_stock == 40


def test_stock_may_fall_to_exactly_what_is_reserved(own, reserved, now):
    set_stock(acting=own, listing=reserved, stock=7, now=now)
    assert StockRecord.objects.get().net_stock_level == 0


@pytest.mark.parametrize("price", [0, -1, 10**12])
def test_a_price_out_of_bounds_is_refused(own, now, price):
    made = listing(own, now)
    with pytest.raises(ListingRefused):
        set_price(acting=own, listing=made, price=price, now=now)


def test_renewing_the_stock_counts_as_one_display_a_day(own, now):
    made = listing(own, now)
    for stock in (5, 6):
        set_stock(acting=own, listing=made, stock=stock, now=now)
    assert Act.objects.filter(kind="display").count() == 1
