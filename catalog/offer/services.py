"""A listing's offer: its price and stock on one stock record, under the partner row of its household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Product
from catalog.offer.models import Partner, StockAdjustment, StockRecord
from core.errors import ChangedMeanwhile, DomainError
from core.locks import lock_row

OTHER_OFFER = _("Price or stock changed while you were writing. Compare, then save again.")


class StockBelowReserved(DomainError):
    """Buyers have ordered more than would be left."""

    code = "stock_below_reserved"
    field = "stock"


class AdjustedBefore(DomainError):
    """The same form came a second time; ``current`` is the stock record, which it does not change again."""

    code = "adjusted_before"

    def __init__(self, current: StockRecord) -> None:
        message = _("This was saved before and is not counted again. The stock is %(stock)s now.")
        super().__init__(message % {"stock": current.num_in_stock})
        self.current = current


@dataclass(frozen=True, slots=True)
class StockChange:
    """What was typed for the stock: a new ``amount``, or a ``difference`` to whatever it is by then; sale units."""

    amount: int | None = None
    difference: int = 0

    def applied_to(self, stock: int) -> int:
        return stock + self.difference if self.amount is None else self.amount


UNCHANGED = StockChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChange:
    """What somebody wants who saw ``version`` of the stock record; ``key`` is of the form that he saw.

    ``price`` is whole dong for one sale unit; None leaves it as it is.
    """

    version: int
    key: UUID
    price: int | None = None
    stock: StockChange = UNCHANGED


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


def lock_offer(listing: Product) -> StockRecord:
    """The listing's stock record as it is now, locked for the rest of the transaction."""
    return lock_row(StockRecord.objects.all(), product=listing)


def require_seen(record: StockRecord, change: OfferChange) -> None:
    """Raises ChangedMeanwhile for a price or an amount that was typed over another one than stands on the locked row.

    A difference counts from whatever stands. What stands already is no change, so that sent again it does no harm.
    """
    new_price = change.price is not None and change.price != record.dong
    new_amount = change.stock.amount is not None and change.stock.amount != record.num_in_stock
    if (new_price or new_amount) and change.version != record.version:
        raise ChangedMeanwhile(OTHER_OFFER, record)


def count_adjustment(record: StockRecord, change: OfferChange, now: datetime) -> None:
    """Keep the difference of a form. Raises AdjustedBefore when this form brought the same one before, and
    ChangedMeanwhile when it brought another one: whoever went back to it saw what is no longer so.
    """
    adjustment, is_new = StockAdjustment.objects.get_or_create(
        key=change.key, defaults={"stock_record": record, "difference": change.stock.difference, "at": now}
    )
    if is_new:
        return
    if (adjustment.stock_record_id, adjustment.difference) == (record.pk, change.stock.difference):
        raise AdjustedBefore(record)
    raise ChangedMeanwhile(OTHER_OFFER, record)


def write_offer(record: StockRecord, *, price: int, stock: int) -> None:
    """Write price and stock on the locked record, as its next version. Raises StockBelowReserved."""
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
    if (record.dong, record.num_in_stock) != (price, stock):
        record.price, record.num_in_stock, record.version = price, stock, record.version + 1
        record.save(update_fields=["price", "num_in_stock", "version", "date_updated"])
