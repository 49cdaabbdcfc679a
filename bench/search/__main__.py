"""Measure searching: `python -m bench.search --sizes 10000 100000 --engines tantivy elasticsearch stock --out FILE`.

One run fills each engine with the same listings and asks each the same queries. Ours are asked through the code behind
the page, with every facet, ranking and the stored cards; stock Oscar counts and reads its first page, without facets,
which its simple backend does not have.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")

import django

django.setup()

from django.conf import settings  # noqa: E402

from bench.search_data import PREFIXES, QUERIES, listings  # noqa: E402
from bench.search_engines import Elasticsearch, Measured, Ours, Tantivy  # noqa: E402
from bench.search_stock import StockOscar  # noqa: E402

THREADS = 4
CHANGES = 30


def main() -> None:
    arguments = _arguments()
    settings.DATABASES["default"]["NAME"] = str(Path(tempfile.mkdtemp(prefix="bench-search-")) / "stock.sqlite3")
    figures = []
    for size in arguments.sizes:
        for name in arguments.engines:
            figures.append(measure(_engine(name, arguments.url), size, arguments.seconds))
            print(json.dumps(figures[-1]), file=sys.stderr)
    table = as_table(figures)
    print(table)
    if arguments.out:
        Path(arguments.out).write_text(table + "\n")


def measure(engine: Measured, size: int, seconds: float) -> dict[str, Any]:
    begun = time.perf_counter()
    engine.fill(listings(size))
    filled = time.perf_counter() - begun
    figures: dict[str, Any] = {"listings": size, "engine": engine.name, "seconds": round(filled, 1)}
    figures |= {"per_second": round(size / filled), "megabytes": round(engine.size_bytes() / 1e6, 1)}
    figures |= _milliseconds("search", repeated(engine.search, QUERIES, seconds))
    figures["found"] = round(statistics.mean(engine.search(text) for text in QUERIES[:10]))
    figures["searches_per_second"] = round(throughput(engine.search, seconds), 1)
    if isinstance(engine, Ours):
        figures |= _milliseconds("suggest", repeated(engine.suggest, PREFIXES, seconds))
        figures |= _milliseconds("change", [visible_after(engine, size, turn) for turn in range(CHANGES)])
    engine.close()
    return figures


def repeated(call: Callable[[str], int], texts: Iterable[str], seconds: float) -> list[float]:
    """Seconds of each call, one after the other, for about as long as said and at least once for each text."""
    texts, taken = list(texts), []
    call(texts[0])
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(taken) < len(texts):
        begun = time.perf_counter()
        call(texts[len(taken) % len(texts)])
        taken.append(time.perf_counter() - begun)
        if time.perf_counter() > end + 60:
            break
    return taken


def throughput(call: Callable[[str], int], seconds: float) -> float:
    """Searches a second from several threads at once."""
    end = time.perf_counter() + seconds

    def work(offset: int) -> int:
        done = 0
        while time.perf_counter() < end:
            call(QUERIES[(offset * 7 + done) % len(QUERIES)])
            done += 1
        return done

    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        total = sum(pool.map(work, range(THREADS)))
    return total / (time.perf_counter() - begun)


def visible_after(engine: Ours, size: int, turn: int) -> float:
    """Seconds from handing one changed listing to the writer until a search shows it."""
    document = next(iter(listings(1)))
    word = f"xqz{size}t{turn}"
    begun = time.perf_counter()
    engine.change(replace(document, version=2 + turn, title=f"{word} chè"))
    while engine.search(word) != 1:
        time.sleep(0.001)
    return time.perf_counter() - begun


def _milliseconds(name: str, taken: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return {f"{name}_p{cut}": round(cuts[cut - 1] * 1000, 1) for cut in (50, 95, 99)}


COLUMNS = {
    "listings": "listings", "engine": "engine", "seconds": "filled in s", "per_second": "listings/s",
    "megabytes": "MB", "search_p50": "search p50 ms", "search_p95": "p95", "search_p99": "p99",
    "searches_per_second": f"searches/s, {THREADS} threads", "suggest_p95": "suggest p95 ms",
    "change_p50": "change visible p50 ms", "change_p95": "p95 ms", "found": "results a query",
}  # fmt: skip


def as_table(figures: list[dict[str, Any]]) -> str:
    lines = ["| " + " | ".join(COLUMNS.values()) + " |", "|" + " --- |" * len(COLUMNS)]
    lines += ["| " + " | ".join(str(row.get(key, "–")) for key in COLUMNS) + " |" for row in figures]
    return "\n".join(lines)


def _engine(name: str, url: str) -> Measured:
    made: dict[str, Callable[[], Measured]] = {
        "tantivy": Tantivy,
        "elasticsearch": lambda: Elasticsearch(url),
        "stock": StockOscar,
    }
    return made[name]()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", default=["tantivy"], choices=["tantivy", "elasticsearch", "stock"])
    parser.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL", "http://127.0.0.1:9200"))
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each kind of question is asked")
    parser.add_argument("--out", help="write the table here too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
