"""The WSGI application of either shop, with what each answer cost in its head: queries, and this thread's own time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

if os.environ["DJANGO_SETTINGS_MODULE"].startswith("marketplace"):
    from django.conf import settings

    from marketplace.wsgi import application as shop

    settings.DEBUG = settings.CHECK_LOCK_ORDER = False  # as in production; the demo's settings are development's
else:
    shop = get_wsgi_application()

_cost = threading.local()


def _count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    _cost.queries = getattr(_cost, "queries", 0) + 1
    return execute(sql, params, many, context)


def _watch(connection: Any, **_signal: Any) -> None:
    if _count not in connection.execute_wrappers:  # a connection is opened again for each request
        connection.execute_wrappers.append(_count)


connection_created.connect(_watch)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers whole, so that the time of rendering is in the figure."""
    _cost.queries, began = 0, time.thread_time()
    head: list[Any] = []
    body = b"".join(shop(environ, lambda status, headers, *_more: head.extend((status, headers))))
    milliseconds = (time.thread_time() - began) * 1000
    start_response(head[0], [*head[1], ("X-Queries", str(_cost.queries)), ("X-Work", f"{milliseconds:.3f}")])
    return [body]
