"""The outbox: one row for each changed listing and engine, written in the transaction of the change.

This module only reads and writes the rows; ``search.index.changes`` decides who drains them and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from search.models import IndexChange, IndexPass


def add(*, product_ids: Iterable[int], now: datetime) -> bool:
    """Note for every engine that these listings changed. Returns False when there are none."""
    changed = list(product_ids)
    IndexChange.objects.bulk_create(
        IndexChange(engine=engine, product_id=product_id, written_at=now)
        for engine in settings.SEARCH_ENGINES
        for product_id in changed
    )
    return bool(changed)


def pending(engine: str) -> QuerySet[IndexChange]:
    """The changes that this engine's index does not hold yet, the oldest first."""
    return IndexChange.objects.filter(engine=engine, done_in__isnull=True).order_by("pk")


def touched_since(engine: str, pass_id: int) -> QuerySet[IndexChange]:
    """Changes that a rebuild begun as ``pass_id`` may have missed: still pending, or drained by a later pass."""
    changes = IndexChange.objects.filter(engine=engine)
    return changes.filter(done_in__isnull=True) | changes.filter(done_in_id__gt=pass_id)


def delete_passes(*, before: datetime) -> None:
    """Delete passes older than any rebuild that could still be running, with the changes that were done in them."""
    IndexPass.objects.filter(started_at__lt=before).delete()
