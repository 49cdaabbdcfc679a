"""The figures of one run as Markdown: what filling cost, what asking cost, and how ours stand beside their peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.search.measuring import THREADS

Figures = Mapping[str, Any]

OURS = ("tantivy", "elasticsearch")
FILLING = {
    "listings": "listings", "engine": "engine", "seconds": "filled in s", "per_second": "listings/s",
    "megabytes": "MB on disk", "peak_megabytes": "MB of memory", "server_megabytes": "of its server",
    "remarks": "remarks",
}  # fmt: skip
ASKING = {
    "listings": "listings", "engine": "engine", "found": "results a query", "asked": "asked",
    "search_p50": "search p50 ms", "search_p95": "p95", "search_p99": "p99",
    "searches_per_second": f"searches/s, {THREADS} threads", "suggest_p95": "suggest p95 ms",
    "change_p50": "commit to visible p50 ms", "change_p95": "p95",
}  # fmt: skip
RATIOS = {"per_second": "filling", "search_p50": "search p50", "search_p95": "search p95",
          "searches_per_second": "searches/s", "change_p50": "commit to visible p50"}  # fmt: skip
MORE_IS_BETTER = ("per_second", "searches_per_second")


def as_tables(figures: Sequence[Figures]) -> str:
    tables = [_table(list(names.values()), _rows(figures, names)) for names in (FILLING, ASKING)]
    if ratios := _ratios(figures):
        tables += ["How many times as good as a peer of the same run:"]
        tables += [_table(["listings", "engine", "beside", *RATIOS.values()], ratios)]
    return "\n\n".join(tables)


def _rows(figures: Sequence[Figures], names: Mapping[str, str]) -> list[list[str]]:
    return [[_cell(found.get(name)) for name in names] for found in figures]


def _cell(value: Any) -> str:
    match value:
        case None | []:
            return "–"
        case list():
            return "; ".join(value)
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _ratios(figures: Sequence[Figures]) -> list[list[str]]:
    """A row for each of ours beside each peer of the same size."""
    peers = [found for found in figures if found["engine"] not in OURS]
    return [
        [_cell(ours["listings"]), ours["engine"], peer["engine"], *(_ratio(ours, peer, name) for name in RATIOS)]
        for ours in figures
        for peer in peers
        if ours["engine"] in OURS and peer["listings"] == ours["listings"]
    ]


def _ratio(ours: Figures, peer: Figures, name: str) -> str:
    """What was asked of a peer that holds fewer listings would have been slower with all of them."""
    if not ours.get(name) or not peer.get(name):
        return "–"
    better, worse = (ours, peer) if name in MORE_IS_BETTER else (peer, ours)
    least = "at least " if "filled" in peer and name != "per_second" else ""
    return f"{least}{float(f'{better[name] / worse[name]:.2g}'):,g}"  # two figures that mean something


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
