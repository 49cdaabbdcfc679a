"""Price and stock: the two things that change from day to day and need no second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from catalog.listing.data import data_of, differences, settled
from catalog.listing.services.journal import lock_listing, record_display, record_listing_change
from catalog.models import Product
from catalog.offer.services import OfferChange, count_adjustment, lock_offer, require_seen, write_offer
from core.transactions import in_transaction
from households.access import Acting


@in_transaction
def set_offer(*, acting: Acting, listing: Product, change: OfferChange, now: datetime) -> Product:
    """Write the price, the stock or both; orders already placed keep their price.

    Raises ChangedMeanwhile, AdjustedBefore, ListingRefused, StockBelowReserved.
    """
    row = lock_listing(listing, acting)
    record = lock_offer(row)
    before = data_of(row)
    require_seen(record, change)
    price = before.price if change.price is None else change.price
    after = settled(replace(before, price=price, stock=change.stock.applied_to(before.stock)))
    if change.stock.difference:
        count_adjustment(record, change, now)
    write_offer(record, price=after.price, stock=after.stock)
    record_listing_change("set_offer", row, acting, now, differences(before, after))
    record_display(row, acting, now)
    return row
