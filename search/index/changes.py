"""A changed listing: noted in the outbox within the transaction of the change, and drained after its commit.

Where a Celery worker runs, it drains. Where none runs, this process does: the embedded index is written at once, within
the request, because it is on this machine, takes milliseconds, and shows a seller what was just saved. An engine behind
a network is written by one thread of its own, because it may take a minute to refuse and a seller must not wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connections

from core.work import enqueue, once_after_commit
from search.engines import registry
from search.index import outbox
from search.index.tasks import drain_index

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drain")
_waiting: set[str] = set()
_lock = threading.Lock()


def record_changes(*, product_ids: Iterable[int], now: datetime) -> None:
    """Note for every engine that these listings changed, and have the outbox drained once the change is committed."""
    if outbox.add(product_ids=product_ids, now=now):
        once_after_commit("search.index.changes.schedule_drains", schedule_drains)


def schedule_drains() -> None:
    """Have each engine's outbox drained: by the worker, by this process at once, or by its thread."""
    for engine in settings.SEARCH_ENGINES:
        if settings.CELERY_TASK_ALWAYS_EAGER and registry.is_remote(engine):
            drain_in_thread(engine, drain_index)
        else:
            enqueue(drain_index, engine)


def drain_in_thread(engine: str, drain: Callable[[str], None]) -> Future[None] | None:
    """Have the thread call ``drain``. Returns None when a call for this engine is still waiting: it will read this
    change too."""
    with _lock:
        if engine in _waiting:
            return None
        _waiting.add(engine)

    def run() -> None:
        with _lock:  # from here on a new change needs a new call, because this one may have read already
            _waiting.discard(engine)
        close_old_connections()
        try:
            drain(engine)
        finally:
            connections.close_all()

    return _worker.submit(run)
