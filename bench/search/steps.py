"""What is measured of one engine at one size."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.search.data import PREFIXES, QUERIES
from bench.search.engine import Engine
from bench.search.machine import peak_megabytes
from bench.search.measuring import THREADS, Patience, changes, milliseconds, repeated, throughput

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: for filling at most, for each other figure at most, and for each kind of question if nothing is slow."""

    patience: float
    bound: float
    seconds: float
    changes: int = 0


def measure(engine: Engine, size: int, limits: Limits) -> Iterator[Figures]:
    """The figures so far, after each step: whoever breaks off keeps what was found by then."""
    figures: Figures = {"engine": engine.name, "listings": size, "remarks": []}
    yield figures
    for step in (_fill, _search, _throughput, _suggest, _change):
        step(engine, figures, limits)
        figures["peak_megabytes"] = peak_megabytes()
        figures["server_megabytes"] = engine.server_megabytes()
        yield figures
    engine.close()


def _fill(engine: Engine, figures: Figures, limits: Limits) -> None:
    patience = Patience(limits.patience)
    begun = time.perf_counter()
    engine.fill(figures["listings"], patience)
    taken = time.perf_counter() - begun
    if not patience.count:
        figures["remarks"].append("has no index: it reads the rows")
        return
    if patience.is_over:
        figures["filled"] = patience.count
        figures["remarks"].append(f"gave up after {taken:.0f} s at {patience.count:,} listings, and is asked on those")
    if engine.reads_rows:
        figures["remarks"].append(f"reading the rows took another {patience.waited:.0f} s")
        taken -= patience.waited
    figures |= {"seconds": round(taken, 1), "per_second": round(patience.count / taken)}
    figures |= {"megabytes": round(engine.size_bytes() / 1e6, 1)} | engine.versions()


def _search(engine: Engine, figures: Figures, limits: Limits) -> None:
    asked = repeated(engine.search, QUERIES, limits.seconds, limits.bound)
    figures |= milliseconds("search", asked.seconds) | {"asked": len(asked.seconds)}
    if asked.found:
        figures["found"] = round(statistics.mean(asked.found.values()))
    if asked.is_cut:
        figures["remarks"].append(f"{len(asked.seconds)} queries were answered in {limits.bound:.0f} s")
    figures["slowest"] = max(asked.seconds, default=limits.bound)


def _throughput(engine: Engine, figures: Figures, limits: Limits) -> None:
    """Threads cannot be called off: an engine that might keep one for long is not asked."""
    if figures.pop("slowest") * THREADS > limits.bound:
        figures["remarks"].append("too slow to be asked from several threads")
        return
    figures["searches_per_second"] = round(throughput(engine.search, QUERIES, limits.seconds), 1)


def _suggest(engine: Engine, figures: Figures, limits: Limits) -> None:
    if engine.suggest:
        figures |= milliseconds("suggest", repeated(engine.suggest, PREFIXES, limits.seconds, limits.bound).seconds)


def _change(engine: Engine, figures: Figures, limits: Limits) -> None:
    if engine.change:
        taken = changes(engine.change, limits.changes, figures.get("filled", figures["listings"]), limits.bound)
        figures |= milliseconds("change", taken) | {"changes": len(taken)}
        if len(taken) < limits.changes:
            figures["remarks"].append(f"{len(taken)} changes were visible in {limits.bound:.0f} s")
