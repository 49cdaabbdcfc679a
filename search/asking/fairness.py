"""Room for small households: a seller of hundreds of listings must not fill the first page.

Every further listing of the same household loses ``STEP`` points, at most ``LARGEST`` in all. That is less than any
step of the words' score, so a listing that fits the words better never falls behind one that fits worse; but among
listings that fit alike, each household's best comes before anyone's second. ``search_exposure`` measures the outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from search.engines.port import Candidate

STEP = 1.5
LARGEST = 6.0


def arranged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates as they are shown; equals stand in their ``order``, whichever engine answered."""
    seen: Counter[int] = Counter()
    standing: list[tuple[float, Candidate]] = []
    for candidate in sorted(candidates, key=lambda candidate: (-candidate.score, candidate.order)):
        standing.append((candidate.score - min(STEP * seen[candidate.seller], LARGEST), candidate))
        seen[candidate.seller] += 1
    return [candidate for _, candidate in sorted(standing, key=lambda pair: (-pair[0], pair[1].order))]
