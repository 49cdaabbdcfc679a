"""Where no worker runs: changes for an engine behind a network are written by one thread of this process.

A seller's save must not wait for a server that may take a minute to say no. The embedded index is written at once
instead, within the request: it is on this machine, takes milliseconds, and shows a seller what was just saved.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections, connections

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="indexer")
_waiting: set[str] = set()
_lock = threading.Lock()


def drain_soon(engine: str, drain: Callable[[str], None]) -> Future[None] | None:
    """Have the thread call ``drain``; None when that call is waiting already, which will see this change too."""
    with _lock:
        if engine in _waiting:
            return None
        _waiting.add(engine)
    return _worker.submit(_run, engine, drain)


def _run(engine: str, drain: Callable[[str], None]) -> None:
    with _lock:  # from here on a new change needs a new call: this one may have read already
        _waiting.discard(engine)
    close_old_connections()
    try:
        drain(engine)
    finally:
        connections.close_all()
