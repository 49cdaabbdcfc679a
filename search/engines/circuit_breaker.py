"""A circuit breaker for each engine, in each process: after a failure the engine is not asked for some seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import lru_cache

FIRST_REST_SECONDS = 5.0
MAX_REST_SECONDS = 60.0


class CircuitBreaker:
    """Open while the last answer was a failure. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.rest = 0.0
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        """Was the last answer of the engine a failure?"""
        return self.rest > 0

    def lets_through(self) -> bool:
        """May the engine be asked now? Always while the breaker is closed; while it is open, once after each rest."""
        with self.lock:
            if self.is_open and self.clock() < self.closed_again_at:
                return False
            if self.is_open:
                self.closed_again_at = self.clock() + self.rest
            return True

    def failed(self) -> bool:
        """Open, and rest for twice as long as the last time, 5 to 60 seconds. Returns True if it was closed before."""
        with self.lock:
            is_news = not self.is_open
            self.rest = min(max(FIRST_REST_SECONDS, self.rest * 2), MAX_REST_SECONDS)
            self.closed_again_at = self.clock() + self.rest
            return is_news

    def succeeded(self) -> bool:
        """Close. Returns True if it was open before."""
        with self.lock:
            is_news = self.is_open
            self.rest = 0.0
            return is_news


@lru_cache
def circuit_breaker_of(engine: str) -> CircuitBreaker:
    return CircuitBreaker()
