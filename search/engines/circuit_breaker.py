"""A switch per engine and process: after a failure the engine is left alone for a while, then tried once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import lru_cache

FIRST_REST_SECONDS = 5.0
MAX_REST_SECONDS = 60.0


class CircuitBreaker:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.rest = 0.0
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        """Was the last thing we heard a failure?"""
        return self.rest > 0

    def lets_through(self) -> bool:
        """Always while all is well; while it is not, one request after each rest."""
        with self.lock:
            if self.is_open and self.clock() < self.closed_again_at:
                return False
            if self.is_open:
                self.closed_again_at = self.clock() + self.rest
            return True

    def failed(self) -> bool:
        """Begin a rest, each twice as long as the one before; True when this is news."""
        with self.lock:
            is_news = not self.is_open
            self.rest = min(max(FIRST_REST_SECONDS, self.rest * 2), MAX_REST_SECONDS)
            self.closed_again_at = self.clock() + self.rest
            return is_news

    def succeeded(self) -> bool:
        """True when this is news."""
        with self.lock:
            is_news = self.is_open
            self.rest = 0.0
            return is_news


@lru_cache
def circuit_breaker_of(engine: str) -> CircuitBreaker:
    return CircuitBreaker()
