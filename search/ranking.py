"""What moves a listing beside the buyer's words: stock, season, nearness, trust, freshness. Nobody can pay for a place.

The words decide first: all bonuses together add at most ``MOST``, a third of what one word in the wrong place costs
(``search.language.scoring``). They are few, whole and published in docs/search.md, so that an order can be explained
to the household that asks why its listing stands where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.core.periods import VIETNAM
from search.fields import LOTS
from search.language.clauses import Best, Clause, Fact, FactField, FactRange, Plus

IN_STOCK = 6.0
IN_SEASON = 2.5
NEAR = 1.5
TRUST_STEPS = ((75, 1.5), (50, 1.0), (25, 0.5))
FRESH_STEPS = ((14, 0.75), (60, 0.4))
TURN = 0.25
"""The lots take turns: each day the next lot leads among listings equal in everything else."""

MOST = IN_STOCK + IN_SEASON + NEAR + TRUST_STEPS[0][1] + FRESH_STEPS[0][1] + TURN


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
    return (
        Fact(FactField.STOCK, ("in",), IN_STOCK),
        Fact(FactField.MONTH, (situation.month,), IN_SEASON),
        *near,
        Best(tuple(FactRange(FactField.TRUST, at_least=least, score=score) for least, score in TRUST_STEPS)),
        Best(tuple(_published_within(situation.now, days, score) for days, score in FRESH_STEPS)),
        *_turns(situation.now),
    )


def _published_within(now: datetime, days: int, score: float) -> Clause:
    return FactRange(FactField.PUBLISHED, at_least=int((now - timedelta(days=days)).timestamp()), score=score)


def _turns(now: datetime) -> tuple[Clause, ...]:
    """Today's first lot gains most, the last nothing."""
    today = now.astimezone(VIETNAM).toordinal()
    return tuple(
        Fact(FactField.LOT, (str((today + place) % LOTS),), TURN * (LOTS - 1 - place) / (LOTS - 1))
        for place in range(LOTS - 1)
    )
