"""How good a ranking is. The formulas are written out, so that no engine judges itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

NDCG_DEPTH = 10
RECALL_DEPTH = 20


def gain(grade: int) -> int:
    return int(2**grade - 1)


def dcg(grades: Sequence[int]) -> float:
    """Gains, each worth less the further down it stands."""
    return sum(gain(grade) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = NDCG_DEPTH) -> float:
    """1 is the best order there is. Where nothing is relevant, the only right answer is none."""
    best = dcg(sorted(grades.values(), reverse=True)[:depth])
    if not best:
        return 0.0 if ranked else 1.0
    return dcg([grades.get(sku, 0) for sku in ranked[:depth]]) / best


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = RECALL_DEPTH) -> float:
    """The share of the relevant that is among the first ``depth``; at most ``depth`` can be."""
    relevant = {sku for sku, grade in grades.items() if grade > 0}
    if not relevant:
        return 0.0 if ranked else 1.0
    return len(relevant.intersection(ranked[:depth])) / min(len(relevant), depth)
