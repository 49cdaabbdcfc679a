"""Timing, with an end to everything: what is too slow is measured less often, or told how far it came."""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

THREADS = 4
MIN_ASKED = 100
"""Below this many there is no p99, below ``MIN_FOR_P95`` no p95."""
MIN_FOR_P95 = 20

T = TypeVar("T")


class Patience:
    """How long an engine may be filled. What is taken ``through`` it ends early when the time is up."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.perf_counter() + seconds
        self.count = 0
        self.waited = 0.0
        """Seconds spent making what was taken through, which is not the engine's work."""
        self.is_over = False

    def through(self, items: Iterable[T]) -> Iterator[T]:
        iterator, nothing = iter(items), object()
        while True:
            begun = time.perf_counter()
            item = next(iterator, nothing)
            self.waited += time.perf_counter() - begun
            if item is nothing:
                return
            if begun > self.ends:
                self.is_over = True
                return
            self.count += 1
            yield item  # type: ignore[misc]  # `nothing` went out above


class OutOfTime(BaseException):
    """No Exception, because Haystack's backends swallow those and answer that nothing was found."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """OutOfTime is raised inside when the time is up, wherever Python is by then. For the main thread only."""

    def ring(*_signal: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(slots=True)
class Asked:
    seconds: list[float] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)
    is_cut: bool = True
    """The last question was still unanswered when the time was up."""


def repeated(call: Callable[[str], int], texts: Sequence[str], seconds: float, bound: float) -> Asked:
    """One call after the other: ``seconds`` long and ``MIN_ASKED`` times, but once ``bound`` is over no more."""
    asked, begun = Asked(), time.perf_counter()
    with suppress(OutOfTime), within(bound):
        call(texts[0])  # what is read once and kept
        while time.perf_counter() - begun < seconds or len(asked.seconds) < MIN_ASKED:
            text = texts[len(asked.seconds) % len(texts)]
            called = time.perf_counter()
            asked.found[text] = call(text)
            asked.seconds.append(time.perf_counter() - called)
        asked.is_cut = False
    return asked


def throughput(call: Callable[[str], int], texts: Sequence[str], seconds: float) -> float:
    """Calls a second from several threads at once."""
    begun = time.perf_counter()

    def work(offset: int) -> int:
        done = 0
        while time.perf_counter() < begun + seconds:
            call(texts[(offset * 7 + done) % len(texts)])
            done += 1
        return done

    with ThreadPoolExecutor(THREADS) as pool:
        total = sum(pool.map(work, range(THREADS)))
    return total / (time.perf_counter() - begun)


def changes(change: Callable[[int, int], float], count: int, filled: int, bound: float) -> list[float]:
    """Listings from all over the index, changed one after the other until ``bound`` is over."""
    taken: list[float] = []
    with suppress(OutOfTime), within(bound):
        for turn in range(count):
            taken.append(change(1 + turn * filled // count, turn))
    return taken


def milliseconds(name: str, taken: Sequence[float]) -> dict[str, float]:
    """The middle of what was taken, and the tail where enough were taken to speak of one."""
    if not taken:
        return {}
    figures = {f"{name}_p50": round(statistics.median(taken) * 1000, 1)}
    for cut, least in ((95, MIN_FOR_P95), (99, MIN_ASKED)):
        if len(taken) >= least:
            found = statistics.quantiles(taken, n=100, method="inclusive")[cut - 1]
            figures[f"{name}_p{cut}"] = round(found * 1000, 1)
    return figures
