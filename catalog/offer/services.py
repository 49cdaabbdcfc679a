"""A listing's offer: its price and stock on one stock record, under the partner row of its household."""

from __future__ import annotations

from django.utils.translation import ngettext_lazy

from catalog.models import Product
from catalog.offer.models import Partner, StockRecord
from core.errors import DomainError
from core.locks import lock_row


class StockBelowReserved(DomainError):
    """Buyers have ordered more than would be left."""

    code = "stock_below_reserved"
    field = "stock"


def open_offer(*, listing: Product, price: int, stock: int) -> StockRecord:
    """Make the listing's one stock record; the household's first listing makes its partner row. In a transaction."""
    household = listing.household
    partner, _is_new = Partner.objects.get_or_create(
        household=household, defaults={"name": household.name, "code": household.code.lower()}
    )
    return StockRecord.objects.create(
        product=listing,
        partner=partner,
        partner_sku=str(listing.pk),
        price=price,
        num_in_stock=stock,
        num_allocated=0,
    )


def change_offer(*, listing: Product, price: int, stock: int) -> None:
    """Write price and stock under the stock record's lock. In a transaction. Raises StockBelowReserved."""
    record = lock_row(StockRecord.objects.all(), product=listing)
    reserved = record.num_allocated or 0
    if stock < reserved:
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
    record.price, record.num_in_stock = price, stock
    record.save(update_fields=["price", "num_in_stock", "date_updated"])
