"""Learning the words of the catalogue from an index, and keeping them where every process finds them.

A machine needs no index of its own to read queries, and an engine that is away takes no knowledge along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from search.engines.port import SearchEngine, SearchUnavailable
from search.language.vocabulary import Vocabulary
from search.models import IndexPass, PassKind, WordCounts

LEARN_EVERY = timedelta(minutes=10)
MAX_KEPT = {"words": 50_000, "pairs": 100_000, "heads": 50_000}
"""The commonest are kept: what is said once in millions of listings explains no slip, and every process holds all."""

ONLY_ROW = 1


def learn(engine: SearchEngine, now: datetime) -> None:
    """Count anew what this engine's index says. Raises SearchUnavailable."""
    vocabulary = engine.vocabulary()
    counts = {part: _commonest(getattr(vocabulary, part), most) for part, most in MAX_KEPT.items()}
    WordCounts.objects.update_or_create(pk=ONLY_ROW, defaults={"made_at": now, **counts})


def learn_from_any(engines: Iterable[SearchEngine], now: datetime) -> None:
    """From the first of them that can tell; SearchUnavailable, with what the last one said, when none can."""
    refusal = SearchUnavailable("there is no engine")
    for engine in engines:
        try:
            return learn(engine, now)
        except SearchUnavailable as error:
            refusal = error
    raise refusal


def is_learning_due(now: datetime) -> bool:
    """Were listings written since the last time, and is that long enough ago?"""
    learned = learned_at()
    if learned is None:
        return True
    written = IndexPass.objects.filter(kind=PassKind.DRAIN, listings__gt=0, started_at__gt=learned)
    return learned <= now - LEARN_EVERY and written.exists()


def learned_at() -> datetime | None:
    return WordCounts.objects.filter(pk=ONLY_ROW).values_list("made_at", flat=True).first()


def known_words() -> Vocabulary:
    """Empty before the first index: queries are read by the rules and the places alone then."""
    row = WordCounts.objects.filter(pk=ONLY_ROW).first()
    return Vocabulary(*(Counter(dict(getattr(row, part))) for part in MAX_KEPT)) if row else Vocabulary()


def _commonest(counted: Counter[str], most: int) -> list[tuple[str, int]]:
    """Equals in the order of the alphabet, so that every engine's index teaches the same."""
    return sorted(counted.items(), key=lambda said: (-said[1], said[0]))[:most]
