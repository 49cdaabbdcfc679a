"""The figures of a run, kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean

from search.relevance.folder import JudgedSet
from search.relevance.measures import ndcg, recall


@dataclass(frozen=True, slots=True)
class KindFigures:
    kind: str
    queries: int
    ndcg: float
    recall: float
    empty: int

    def __str__(self) -> str:
        return (
            f"{self.kind:<12} queries {self.queries:>4}   nDCG@10 {self.ndcg:.3f}   "
            f"recall@20 {self.recall:.3f}   empty {self.empty:>3}"
        )


def figures(judged: JudgedSet, ranked: Mapping[str, tuple[str, ...]]) -> Iterator[KindFigures]:
    """One row for each kind, in the order in which the kinds first appear."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for query in judged.queries:
        by_kind[query.kind].append(query.query_id)
    for kind, ids in by_kind.items():
        yield KindFigures(
            kind=kind,
            queries=len(ids),
            ndcg=fmean(ndcg(ranked[query_id], judged.grades[query_id]) for query_id in ids),
            recall=fmean(recall(ranked[query_id], judged.grades[query_id]) for query_id in ids),
            empty=sum(not ranked[query_id] for query_id in ids),
        )
