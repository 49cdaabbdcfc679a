"""What orders listings beside the buyer's words: stock, season, nearness, trust, freshness, and whose listing it is.

The words decide first: all bonuses together add at most ``MAX_BONUS`` points, and words that match perfectly are worth
about 100 (``search.language.scoring``). The bonuses are few constants, published in docs/search.md, so that an operator
can explain to a household why its listing stands where it stands. Nobody can pay for a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.periods import vietnam_date
from search.engines.fields import LOTS, TRUST_LEVELS, day_of
from search.engines.port import Candidate
from search.language.clauses import Best, Clause, Fact, FactField, Plus

IN_STOCK = 6.0
IN_SEASON = 2.5
NEAR = 1.5
TRUSTED = tuple(zip(TRUST_LEVELS, (0.75, 1.5), strict=True))
FRESH = 0.75
FRESH_DAYS = 30
TURN = 0.25
"""The lots take turns: each day another lot leads among listings equal in everything else."""

HOUSEHOLD_STEP = 1.5
MAX_HOUSEHOLD_LOSS = 6.0

MAX_BONUS = IN_STOCK + IN_SEASON + NEAR + TRUSTED[-1][1] + FRESH + TURN


@dataclass(frozen=True, slots=True)
class Situation:
    """When and where somebody searches."""

    now: datetime
    province_code: str = ""

    @property
    def month(self) -> int:
        return vietnam_date(self.now).month


def with_signals(clause: Clause, situation: Situation) -> Clause:
    return Plus(clause, signals(situation))


def signals(situation: Situation) -> tuple[Clause, ...]:
    near = (Fact(FactField.PROVINCE, (situation.province_code,), NEAR),) if situation.province_code else ()
    today = day_of(situation.now)
    fresh = tuple(str(day) for day in range(today - FRESH_DAYS + 1, today + 1))
    return (
        Fact(FactField.STOCK, ("in",), IN_STOCK),
        Fact(FactField.MONTH, (situation.month,), IN_SEASON),
        *near,
        Best(tuple(Fact(FactField.TRUST_LEVEL, (str(level),), score) for level, score in TRUSTED)),
        Fact(FactField.PUBLISHED_DAY, fresh, FRESH),
        Fact(FactField.LOT, (str(today % LOTS),), TURN),
    )


def arranged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in the order in which the page shows them.

    Every further listing of one household loses ``HOUSEHOLD_STEP`` points, at most ``MAX_HOUSEHOLD_LOSS`` in all. So of
    listings that fit the words alike each household's best comes before anyone's second, and a household with hundreds
    of listings does not fill the first page. The loss is smaller than any step of the words' score: a listing that fits
    the words better never falls behind one that fits worse. Candidates with equal points keep ``Candidate.order``,
    whichever engine answered.
    """
    seen: Counter[int] = Counter()
    points: list[tuple[float, Candidate]] = []
    for candidate in sorted(candidates, key=lambda candidate: (-candidate.score, candidate.order)):
        loss = min(HOUSEHOLD_STEP * seen[candidate.seller], MAX_HOUSEHOLD_LOSS)
        points.append((candidate.score - loss, candidate))
        seen[candidate.seller] += 1
    return [candidate for _, candidate in sorted(points, key=lambda pair: (-pair[0], pair[1].order))]
