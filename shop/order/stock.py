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

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Product
from catalog.models.product import ListingStatus
from catalog.offer.models import StockRecord
from catalog.signals import listing_changed, stock_moved
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
    """A stock record no longer holds what is to be moved."""

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
    taken = {record.pk: quantities[record.product_id] for record in records.values()}
    by = _amount_of(taken)
    enough = StockRecord.objects.filter(pk__in=taken, num_in_stock__gte=ALLOCATED + by)
    _require_moved(enough.update(num_allocated=ALLOCATED + by), taken)
    _tell_of_moved(records.values(), (r for r in records.values() if r.net_stock_level <= taken[r.pk]))
    return [
        TakenLine(records[product_id], quantity, records[product_id].dong)
        for product_id, quantity in quantities.items()
    ]


def release(lines: Iterable[Line]) -> None:
    """Give back what lines of a declined or cancelled household order had taken. Raises StockGone."""
    records, kept = _lock_stock_of(lines)
    by = _amount_of(kept)
    allocated = StockRecord.objects.filter(pk__in=kept, num_allocated__gte=by)
    _require_moved(allocated.update(num_allocated=F("num_allocated") - by), kept)
    _tell_of_moved(records, (record for record in records if -kept[record.pk] < record.net_stock_level <= 0))


def consume(lines: Iterable[Line]) -> None:
    """What lines had taken has left the house: buyers can have as many as before. Raises StockGone."""
    _records, kept = _lock_stock_of(lines)
    by = _amount_of(kept)
    held = StockRecord.objects.filter(pk__in=kept, num_allocated__gte=by, num_in_stock__gte=by)
    changed = held.update(
        num_allocated=F("num_allocated") - by, num_in_stock=F("num_in_stock") - by, version=F("version") + 1
    )
    _require_moved(changed, kept)


def _lock_stock_of(lines: Iterable[Line]) -> tuple[list[StockRecord], Counter[int]]:
    """The stock records of these lines that still exist, locked now, and by their keys what the lines had taken."""
    kept: Counter[int] = Counter()
    for line in lines:
        if line.stockrecord_id is not None:
            kept[line.stockrecord_id] += line.num_allocated
    return lock_rows(StockRecord.objects.filter(pk__in=kept)), kept


def _amount_of(amounts: Mapping[int, int]) -> Case:
    """In a statement over many stock records: the amount of each, by its key."""
    cases = (When(pk=record_id, then=Value(amount)) for record_id, amount in amounts.items())
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _require_moved(rows: int, amounts: Mapping[int, int]) -> None:
    """Raises StockGone when the UPDATE met fewer rows than it was to move."""
    if rows != len(amounts):
        raise StockGone("Stock changed meanwhile.")


def _tell_of_moved(records: Iterable[StockRecord], turned: Iterable[StockRecord]) -> None:
    """``turned`` are sold out now, or no longer: of stock, cards and results show no more than that."""
    stock_moved.send(sender=StockRecord, product_ids=[record.product_id for record in records])
    for record in turned:
        listing_changed.send(sender=StockRecord, product_id=record.product_id)
