"""Stock of ordered goods: checked and taken under row locks, given back, used up; by conditional UPDATEs.

On PostgreSQL two orders of the same goods wait for each other (core.locks). SQLite has one writer at a time
(transactions begin IMMEDIATE), so there the same code needs no row locks. The check constraints on StockRecord are the
last word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Product
from catalog.models.product import ListingStatus
from catalog.offer.models import StockRecord
from catalog.signals import listing_changed
from core.errors import DomainError
from core.locks import lock_rows
from households.models import Household
from shop.order.models import Line

ALLOCATED = Coalesce(F("num_allocated"), 0)


@dataclass(frozen=True, slots=True)
class WantedLine:
    """So many sale units of one listing."""

    product_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A wanted line whose stock is ours now; ``price`` is dong for one sale unit."""

    record: StockRecord
    quantity: int
    price: int

    @property
    def product(self) -> Product:
        return self.record.product

    @property
    def household(self) -> Household:
        return self.record.product.household

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def weight_g(self) -> int:
        return self.record.product.pack_weight_g * self.quantity


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One wanted product that cannot be had as wanted; ``available`` sale units are left."""

    product_id: int
    message: Any
    available: int = 0


class LinesRefused(DomainError):
    """Some lines cannot be ordered now. The basket is kept; ``problems`` says which and why."""

    code = "lines_refused"

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        super().__init__(
            _("Some goods are no longer there as you wanted them. Your basket is kept: change it and order the rest.")
        )
        self.problems = list(problems)


class NothingToOrder(DomainError):
    code = "nothing_to_order"


class StockGone(DomainError):
    """The row no longer holds what is to be moved; ``context`` has product_id."""

    code = "stock_gone"


def count_wanted(wanted: Iterable[WantedLine]) -> Counter[int]:
    """Sale units by product, in the order of the lines. Raises NothingToOrder."""
    quantities: Counter[int] = Counter()
    for line in wanted:
        quantities[line.product_id] += line.quantity
    if not quantities or min(quantities.values()) < 1:
        raise NothingToOrder(_("There is nothing to order: put something in the basket first."))
    return quantities


def lock_stock(product_ids: Iterable[int]) -> dict[int, StockRecord]:
    """The stock records of these products, locked for the rest of the transaction, by product."""
    records = StockRecord.objects.filter(product__in=list(product_ids))
    locked = lock_rows(records.select_related("partner", "product__household__commune__province"))
    return {record.product_id: record for record in locked}


def find_problem(record: StockRecord | None, product_id: int, quantity: int) -> LineProblem | None:
    """Why so much of this listing cannot be had, or None when it can."""
    if record is None or not is_for_sale(record):
        title = record.product.title if record else ""
        return LineProblem(product_id, _("“%(title)s” is no longer on sale.") % {"title": title})
    left = max(record.net_stock_level, 0)
    if left == 0:
        return LineProblem(product_id, _("“%(title)s” is sold out.") % {"title": record.product.title})
    if left < quantity:
        message = ngettext_lazy(
            "Only %(left)d of “%(title)s” is left.", "Only %(left)d of “%(title)s” are left.", left
        ) % {"left": left, "title": record.product.title}
        return LineProblem(product_id, message, available=left)
    return None


def is_for_sale(record: StockRecord) -> bool:
    """On sale, with a price, by a household whose storefront is open."""
    product = record.product
    household = product.household
    return product.status == ListingStatus.PUBLISHED and record.price is not None and household.is_public


def take_lines(quantities: Mapping[int, int], records: Mapping[int, StockRecord]) -> list[TakenLine]:
    """Check every line against its locked stock record, then take all of them, or none.

    Raises LinesRefused, and StockGone when a record was not locked and changed meanwhile.
    """
    problems = [
        problem
        for product_id, quantity in quantities.items()
        if (problem := find_problem(records.get(product_id), product_id, quantity))
    ]
    if problems:
        raise LinesRefused(problems)
    for record in records.values():
        quantity = quantities[record.product_id]
        enough = StockRecord.objects.filter(pk=record.pk, num_in_stock__gte=ALLOCATED + quantity)
        _require_moved(enough.update(num_allocated=ALLOCATED + quantity), record.product_id)
    return [
        TakenLine(records[product_id], quantity, records[product_id].dong)
        for product_id, quantity in quantities.items()
    ]


def release(lines: Iterable[Line]) -> None:
    """Give back what lines of a declined or cancelled household order had taken. Raises StockGone."""
    for record_id, line in _lock_stock_of(lines):
        kept = StockRecord.objects.filter(pk=record_id, num_allocated__gte=line.num_allocated)
        _require_moved(kept.update(num_allocated=F("num_allocated") - line.num_allocated), line.product_id)


def consume(lines: Iterable[Line]) -> None:
    """What lines had taken has left the house. Raises StockGone."""
    for record_id, line in _lock_stock_of(lines):
        quantity = line.num_allocated
        kept = StockRecord.objects.filter(pk=record_id, num_allocated__gte=quantity, num_in_stock__gte=quantity)
        changed = kept.update(
            num_allocated=F("num_allocated") - quantity,
            num_in_stock=F("num_in_stock") - quantity,
            version=F("version") + 1,
        )
        _require_moved(changed, line.product_id)


def _lock_stock_of(lines: Iterable[Line]) -> list[tuple[int, Line]]:
    """Lines whose stock record still exists, each with the key of that record, which is locked now."""
    kept = [(line.stockrecord_id, line) for line in lines if line.stockrecord_id is not None]
    lock_rows(StockRecord.objects.filter(pk__in=[record_id for record_id, _line in kept]))
    return kept


def _require_moved(rows: int, product_id: int | None) -> None:
    """Tell of a changed listing. Raises StockGone when the UPDATE met no row."""
    if rows == 0:
        raise StockGone("Stock changed meanwhile.", product_id=product_id)
    if product_id is not None:
        listing_changed.send(sender=StockRecord, product_id=product_id)
