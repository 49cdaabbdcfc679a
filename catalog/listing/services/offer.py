"""Price and stock: the two things that change from day to day and need no second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext_lazy

from catalog.listing.data import ListingData, data_of, differences, settled
from catalog.listing.services.journal import displayed, locked, told
from catalog.models import Product
from catalog.offer.models import StockRecord
from core.errors import DomainError
from households.access import Acting


class StockBelowReserved(DomainError):
    """Buyers have ordered more than would be left."""

    code = "stock_below_reserved"
    field = "stock"


def set_price(*, acting: Acting, listing: Product, price: int, now: datetime) -> Product:
    """Whole dong for one sale unit. Orders already placed keep their price. Raises ListingRefused."""
    return _set(acting, listing, "set_price", now, lambda data: replace(data, price=price))


def set_stock(*, acting: Acting, listing: Product, stock: int, now: datetime) -> Product:
    """How many the household has, with those that buyers have ordered. Raises ListingRefused, StockBelowReserved."""
    return _set(acting, listing, "set_stock", now, lambda data: replace(data, stock=stock))


def set_offer(*, acting: Acting, listing: Product, price: int, stock: int, now: datetime) -> Product:
    """Both at once. Raises ListingRefused, StockBelowReserved."""
    return _set(acting, listing, "set_offer", now, lambda data: replace(data, price=price, stock=stock))


@transaction.atomic
def _set(
    acting: Acting, listing: Product, action: str, now: datetime, change: Callable[[ListingData], ListingData]
) -> Product:
    row = locked(listing, acting)
    before = data_of(row)
    after = settled(change(before))
    write_offer(row, after)
    told(action, row, acting, now, differences(before, after))
    displayed(row, acting, now)
    return row


def write_offer(listing: Product, data: ListingData) -> None:
    """Price and stock on the listing's one stock record, under its lock. Raises StockBelowReserved."""
    record = StockRecord.objects.select_for_update().get(product=listing)
    reserved = record.num_allocated or 0
    if data.stock < reserved:
        raise StockBelowReserved(
            ngettext_lazy(
                "Buyers have already ordered %(reserved)s of it, so the stock cannot be less than %(reserved)s. "
                "To sell less, answer those orders first.",
                "Buyers have already ordered %(reserved)s of them, so the stock cannot be less than %(reserved)s. "
                "To sell less, answer those orders first.",
                reserved,
            )
            % {"reserved": reserved},
            reserved=reserved,
        )
    record.price, record.num_in_stock = data.price, data.stock
    record.save(update_fields=["price", "num_in_stock", "date_updated"])
