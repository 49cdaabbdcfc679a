"""What moves a listing beside the buyer's words: stock, season, nearness, trust, freshness. Nobody can pay for a place.

The words decide first: all bonuses together add at most ``MOST``, a third of what one word in the wrong place costs
(``search.language.scoring``). They are few, whole and published in docs/search.md, so that an order can be explained
to the household that asks why its listing stands where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.periods import VIETNAM
from search.engines.fields import LOTS, TRUST_LEVELS, day_of
from search.language.clauses import Best, Clause, Fact, FactField, Plus

IN_STOCK = 6.0
IN_SEASON = 2.5
NEAR = 1.5
TRUSTED = tuple(zip(TRUST_LEVELS, (0.75, 1.5), strict=True))
FRESH = 0.75
FRESH_DAYS = 30
TURN = 0.25
"""The lots take turns: each day another lot leads among listings equal in everything else."""

MOST = IN_STOCK + IN_SEASON + NEAR + TRUSTED[-1][1] + FRESH + TURN


@dataclass(frozen=True, slots=True)
class Situation:
    """When and where somebody searches."""

    now: datetime
    province_code: str = ""

    @property
    def month(self) -> int:
        return self.now.astimezone(VIETNAM).month


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
