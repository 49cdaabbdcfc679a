"""Write the three files of a judged set from its sources.

    python -m tests.search.relevance.tools.build tests/search/relevance/set

``products.txt`` and ``queries.txt`` say what is sold and what is meant; ``corrections.csv`` holds the grades that a
person set otherwise than the rules do, each with its reason.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.search.relevance.tools.grading import grades, meanings
from tests.search.relevance.tools.products import Product, read_products

DECOMPOSED = 48


@dataclass(frozen=True)
class Query:
    query_id: str
    text: str
    kind: str
    meaning: str


def read_queries(path: Path) -> list[Query]:
    numbers: Counter[str] = Counter()
    queries: list[Query] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, text, meaning = line.split("|")
            numbers[kind] += 1
            queries.append(Query(f"{kind}-{numbers[kind]:03d}", text, kind, meaning))
    return queries + list(_decomposed(queries))


def _decomposed(queries: list[Query]) -> Iterator[Query]:
    """The first toned queries again, as phones paste them."""
    toned = [query for query in queries if query.kind == "toned"]
    for number, query in enumerate(toned[:DECOMPOSED], start=1):
        yield Query(f"decomposed-{number:03d}", unicodedata.normalize("NFD", query.text), "decomposed", query.meaning)


def judgements(queries: Iterable[Query], products: list[Product], corrections: Path) -> Iterator[dict[str, str]]:
    corrected = _corrections(corrections)
    for query in queries:
        found = grades(meanings(query.meaning), products) | corrected.get(query.query_id, {})
        for sku, grade in sorted(found.items()):
            yield {"query_id": query.query_id, "sku": sku, "grade": str(grade)}


def _corrections(path: Path) -> dict[str, dict[str, int]]:
    corrected: dict[str, dict[str, int]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                corrected.setdefault(row["query_id"], {})[row["sku"]] = int(row["grade"])
    return corrected


def write(path: Path, rows: Iterable[dict[str, str]]) -> int:
    written = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(written[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(written)
    return len(written)


def build(folder: Path) -> str:
    products, queries = read_products(folder / "products.txt"), read_queries(folder / "queries.txt")
    counts = (
        write(folder / "catalogue.csv", (product.row() for product in products)),
        write(
            folder / "queries.csv",
            ({"query_id": q.query_id, "query": q.text, "kind": q.kind, "note": q.meaning} for q in queries),
        ),
        write(folder / "judgements.csv", judgements(queries, products, folder / "corrections.csv")),
    )
    return "{} products, {} queries, {} judgements".format(*counts)


if __name__ == "__main__":
    sys.stdout.write(build(Path(sys.argv[1])) + "\n")
