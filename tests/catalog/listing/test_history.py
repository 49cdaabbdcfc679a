"""Each status a listing enters leaves one row of history."""

from __future__ import annotations

from datetime import timedelta

from catalog.listing.services import publish_listing, set_price, withdraw_listing
from catalog.models import ListingEvent, ListingStatus
from households.access import Acting
from tests.factories.catalog import draft


def test_each_status_a_listing_enters_is_remembered_once(cast, now):
    acting = Acting(cast.head, cast.household)
    listing = draft(acting, now)
    publish_listing(checker=cast.head, listing=listing, now=now + timedelta(hours=1))
    set_price(acting=acting, listing=listing, price=90_000, now=now + timedelta(hours=2))
    withdraw_listing(acting=acting, listing=listing, now=now + timedelta(hours=3))
    assert list(ListingEvent.objects.filter(product=listing).values_list("status", "at")) == [
        (ListingStatus.DRAFT, now),
        (ListingStatus.PUBLISHED, now + timedelta(hours=1)),
        (ListingStatus.WITHDRAWN, now + timedelta(hours=3)),
    ]
