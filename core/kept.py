"""What is dear to make and may be some time old: made once in a process; the old one serves while the new is made."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections

T = TypeVar("T")
logger = logging.getLogger(__name__)

clock = time.monotonic
"""Seconds; stands still in tests, so that nothing is made anew in the middle of one."""


@dataclass(frozen=True, slots=True)
class Edition(Generic[T]):
    """A value, which one it is of those that the process has made, and the state of its source then."""

    value: T
    number: int
    source: Any
    looked_at: float


class Kept(Generic[T]):
    """A value that is made anew in the background once it is ``seconds`` old.

    Only the very first callers wait, for one of them. ``source`` says cheaply in which state that is from which the
    value is made: while it is the same, the value is kept. A making that fails is logged, the old value serves on, and
    the next try comes ``seconds`` later.
    """

    def __init__(self, make: Callable[[], T], *, seconds: float, source: Callable[[], Any] | None = None) -> None:
        self._make, self._seconds, self._source = make, seconds, source
        self._first = threading.Lock()
        self._anew = threading.Lock()
        self._edition: Edition[T] | None = None
        self._made = 0

    def get(self) -> T:
        return self.edition().value

    def edition(self) -> Edition[T]:
        """The value with the number by which a later one is told from it."""
        edition = self._edition
        if edition is None:
            with self._first:
                edition = self._edition
                if edition is None:
                    edition = self._edition = self._new(self._state())
        elif clock() - edition.looked_at >= self._seconds and self._anew.acquire(blocking=False):
            threading.Thread(target=self._look_again, args=(edition,), name="kept", daemon=True).start()
        return edition

    def forget(self) -> None:
        """Have the next caller wait for a new value: what it was made from was changed by this very process."""
        self._edition = None

    def _look_again(self, old: Edition[T]) -> None:
        try:
            state = self._state()
            if state is not None and state == old.source:
                new = Edition(old.value, old.number, state, clock())
            else:
                new = self._new(state)
        except Exception:  # whatever it is, visitors are served the old value
            logger.exception("What is kept could not be made anew")
            new = Edition(old.value, old.number, old.source, clock())
        finally:
            connections.close_all()
        if self._edition is old:
            self._edition = new
        self._anew.release()

    def _state(self) -> Any:
        """None where the source says nothing of its state."""
        return self._source() if self._source else None

    def _new(self, state: Any) -> Edition[T]:
        """The state was read before the value, so that a change in between is seen at the next look."""
        self._made += 1
        return Edition(self._make(), self._made, state, clock())
