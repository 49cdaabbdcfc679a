"""How long a page waits for an engine behind a network, whatever that engine does.

Only the requests themselves are measured: what this process does before and after them says nothing about the engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from search.engines.port import SearchUnavailable

T = TypeVar("T")

TIME_BUDGET_SECONDS = 0.6
"""For all requests of one page to one engine together; the rest of its second belongs to the engine that stands in."""

_waiters = ThreadPoolExecutor(max_workers=16, thread_name_prefix="search")


class TimeBudget:
    """What is left of it; every request takes its share."""

    def __init__(self, seconds: float = TIME_BUDGET_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.left = seconds
        self.clock = clock

    def wait_for(self, request: Callable[[], T]) -> T:
        """The request's result, or SearchUnavailable: in another thread, because a dripping answer trips no socket
        timeout."""
        begun = self.clock()
        waiting = _waiters.submit(request)
        try:
            return waiting.result(timeout=max(self.left, 0.0))
        except TookTooLong as error:
            waiting.cancel()
            raise SearchUnavailable(f"no answer within {TIME_BUDGET_SECONDS} s") from error
        finally:
            self.left -= self.clock() - begun


_of_this_page: ContextVar[TimeBudget | None] = ContextVar("patience", default=None)


@contextmanager
def shared_time_budget(
    seconds: float = TIME_BUDGET_SECONDS, clock: Callable[[], float] = time.monotonic
) -> Iterator[None]:
    """All requests made inside share one patience."""
    token = _of_this_page.set(TimeBudget(seconds, clock))
    try:
        yield
    finally:
        _of_this_page.reset(token)


def within_time_budget(request: Callable[[], T]) -> T:
    """Wait for a request as long as this page may; outside of a page each request has a patience of its own."""
    return (_of_this_page.get() or TimeBudget()).wait_for(request)
