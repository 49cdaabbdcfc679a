"""Changes on their way to the index: written in the transaction of the change, drained after its commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from search.engines import registry
from search.index.indexer import drain_soon
from search.models import IndexChange, IndexPass


def record_changes(*, product_ids: Iterable[int], now: datetime) -> None:
    """Note for every engine that these listings changed, and have the outbox drained once the change is committed."""
    if not (changed := list(product_ids)):
        return
    IndexChange.objects.bulk_create(
        IndexChange(engine=engine, product_id=product_id, written_at=now)
        for engine in settings.SEARCH_ENGINES
        for product_id in changed
    )
    transaction.on_commit(schedule_drains, robust=True)


def schedule_drains() -> None:
    from search.tasks import drain_index  # the task imports the indexing, which imports this module

    for engine in settings.SEARCH_ENGINES:
        if settings.CELERY_TASK_ALWAYS_EAGER and registry.is_remote(engine):
            drain_soon(engine, drain_index)
        else:
            drain_index.delay(engine)


def pending(engine: str) -> QuerySet[IndexChange]:
    return IndexChange.objects.filter(engine=engine, done_in__isnull=True).order_by("pk")


def touched_since(engine: str, pass_id: int) -> QuerySet[IndexChange]:
    """Changes that a rebuild begun as ``pass_id`` may have missed: still pending, or drained by a later pass."""
    changes = IndexChange.objects.filter(engine=engine)
    return changes.filter(done_in__isnull=True) | changes.filter(done_in_id__gt=pass_id)


def forget_passes(*, before: datetime) -> None:
    """Passes older than any rebuild that could still be running, with the changes that were done in them."""
    IndexPass.objects.filter(started_at__lt=before).delete()
