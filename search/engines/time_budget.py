"""The time budget: how long one page waits for an engine behind a network, whatever that engine does.

Only the requests themselves are measured, because what this process does before and after them says nothing about the
engine.
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
    """The seconds that are left; every request takes from them."""

    def __init__(self, seconds: float = TIME_BUDGET_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.left = seconds
        self.clock = clock

    def wait_for(self, request: Callable[[], T]) -> T:
        """The request's result. Raises SearchUnavailable when the budget ends first.

        The request runs in another thread, because an answer that arrives byte by byte never ends a socket timeout.
        """
        begun = self.clock()
        waiting = _waiters.submit(request)
        try:
            return waiting.result(timeout=max(self.left, 0.0))
        except TookTooLong as error:
            waiting.cancel()
            raise SearchUnavailable(f"no answer within {TIME_BUDGET_SECONDS} s") from error
        finally:
            self.left -= self.clock() - begun


_of_this_page: ContextVar[TimeBudget | None] = ContextVar("time_budget", default=None)


@contextmanager
def shared_time_budget(
    seconds: float = TIME_BUDGET_SECONDS, clock: Callable[[], float] = time.monotonic
) -> Iterator[None]:
    """All requests made inside share one time budget."""
    token = _of_this_page.set(TimeBudget(seconds, clock))
    try:
        yield
    finally:
        _of_this_page.reset(token)


def within_time_budget(request: Callable[[], T]) -> T:
    """The result of a request, within what is left of the page's budget; outside of a page each request has its own."""
    return (_of_this_page.get() or TimeBudget()).wait_for(request)
