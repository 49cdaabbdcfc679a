"""The vocabulary: counted from an index, and kept in the database for every process.

So a machine needs no index of its own to read queries, and an outage of an engine changes nothing in how they are read.
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
"""Only the commonest are kept, because every process holds them in memory and a rare word explains no slip."""

ONLY_ROW = 1


def learn(engine: SearchEngine, now: datetime) -> None:
    """Count the vocabulary of this engine's index and keep it. Raises SearchUnavailable."""
    vocabulary = engine.vocabulary()
    counts = {part: _commonest(getattr(vocabulary, part), most) for part, most in MAX_KEPT.items()}
    WordCounts.objects.update_or_create(pk=ONLY_ROW, defaults={"made_at": now, **counts})


def learn_from_any(engines: Iterable[SearchEngine], now: datetime) -> None:
    """Learn from the first engine that answers. Raises the SearchUnavailable of the last one when none does."""
    refusal = SearchUnavailable("there is no engine")
    for engine in engines:
        try:
            return learn(engine, now)
        except SearchUnavailable as error:
            refusal = error
    raise refusal


def is_learning_due(now: datetime) -> bool:
    """Were listings written since the vocabulary was counted, and is that at least ten minutes ago?"""
    learned = learned_at()
    if learned is None:
        return True
    written = IndexPass.objects.filter(kind=PassKind.DRAIN, listings__gt=0, started_at__gt=learned)
    return learned <= now - LEARN_EVERY and written.exists()


def learned_at() -> datetime | None:
    return WordCounts.objects.filter(pk=ONLY_ROW).values_list("made_at", flat=True).first()


def known_words() -> Vocabulary:
    """The vocabulary; empty before the first index, when queries are read by synonyms and places alone."""
    row = WordCounts.objects.filter(pk=ONLY_ROW).first()
    return Vocabulary(*(Counter(dict(getattr(row, part))) for part in MAX_KEPT)) if row else Vocabulary()


def _commonest(counted: Counter[str], most: int) -> list[tuple[str, int]]:
    """The commonest with their counts; equals in alphabetical order, so that every engine's index gives the same."""
    return sorted(counted.items(), key=lambda said: (-said[1], said[0]))[:most]
