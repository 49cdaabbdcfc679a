"""Stock of ordered goods: taken under ordered row locks, given back, or used up; always by a conditional UPDATE.

PostgreSQL locks the rows in the order of their keys, so two orders of the same goods wait instead of deadlocking.
SQLite has one writer at a time (transactions begin IMMEDIATE), so there the same code needs no row locks. The check
constraints on StockRecord are the last word.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Coalesce

from catalog.offer.models import StockRecord
from catalog.signals import listing_changed
from core.errors import DomainError
from shop.order.models import Line

ALLOCATED = Coalesce(F("num_allocated"), 0)


class StockGone(DomainError):
    """The row no longer holds what is to be moved; ``context`` has product_id."""

    code = "stock_gone"


def lock_stock(product_ids: Iterable[int]) -> dict[int, StockRecord]:
    """The stock records of these products, locked in one fixed order, by product."""
    records = (
        StockRecord.objects.select_for_update(of=("self",))
        .filter(product__in=list(product_ids))
        .select_related("partner", "product__household__commune__province")
        .order_by("pk")
    )
    return {record.product_id: record for record in records}


def take(record: StockRecord, quantity: int) -> None:
    """Keep ``quantity`` for an order. Raises StockGone when less is left."""
    enough = StockRecord.objects.filter(pk=record.pk, num_in_stock__gte=ALLOCATED + quantity)
    _moved(enough.update(num_allocated=ALLOCATED + quantity), record.product_id)


def release(lines: Iterable[Line]) -> None:
    """Give back what lines of a declined or cancelled household order had taken."""
    for record_id, line in _by_record(lines):
        kept = StockRecord.objects.filter(pk=record_id, num_allocated__gte=line.num_allocated)
        _moved(kept.update(num_allocated=F("num_allocated") - line.num_allocated), line.product_id)


def consume(lines: Iterable[Line]) -> None:
    """What lines had taken has left the house."""
    for record_id, line in _by_record(lines):
        quantity = line.num_allocated
        kept = StockRecord.objects.filter(pk=record_id, num_allocated__gte=quantity, num_in_stock__gte=quantity)
        changed = kept.update(num_allocated=F("num_allocated") - quantity, num_in_stock=F("num_in_stock") - quantity)
        _moved(changed, line.product_id)


def _by_record(lines: Iterable[Line]) -> list[tuple[int, Line]]:
    """Lines whose stock record still exists, each with its key, in the order in which rows are locked."""
    kept = [(line.stockrecord_id, line) for line in lines if line.stockrecord_id is not None]
    return sorted(kept, key=lambda pair: pair[0])


def _moved(rows: int, product_id: int | None) -> None:
    if rows == 0:
        raise StockGone("Stock changed meanwhile.", product_id=product_id)
    if product_id is not None:
        listing_changed.send(sender=StockRecord, product_id=product_id)
