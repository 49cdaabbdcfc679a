"""Price and stock: the two things that change from day to day and need no second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from catalog.listing.data import ListingData, data_of, differences, settled
from catalog.listing.services.journal import lock_listing, record_display, record_listing_change
from catalog.models import Product
from catalog.offer.services import change_offer
from core.transactions import in_transaction
from households.access import Acting


def set_price(*, acting: Acting, listing: Product, price: int, now: datetime) -> Product:
    """Whole dong for one sale unit. Orders already placed keep their price. Raises ListingRefused."""
    return _set(acting, listing, "set_price", now, lambda data: replace(data, price=price))


def set_stock(*, acting: Acting, listing: Product, stock: int, now: datetime) -> Product:
    """How many the household has, with those that buyers have ordered. Raises ListingRefused, StockBelowReserved."""
    return _set(acting, listing, "set_stock", now, lambda data: replace(data, stock=stock))


def set_offer(*, acting: Acting, listing: Product, price: int, stock: int, now: datetime) -> Product:
    """Both at once. Raises ListingRefused, StockBelowReserved."""
    return _set(acting, listing, "set_offer", now, lambda data: replace(data, price=price, stock=stock))


@in_transaction
def _set(
    acting: Acting, listing: Product, action: str, now: datetime, change: Callable[[ListingData], ListingData]
) -> Product:
    row = lock_listing(listing, acting)
    before = data_of(row)
    after = settled(change(before))
    change_offer(listing=row, price=after.price, stock=after.stock)
    record_listing_change(action, row, acting, now, differences(before, after))
    record_display(row, acting, now)
    return row
