"""Building what a start finds missing, engine by engine: one that is away is named and left for later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings

from search.engines import registry
from search.engines.port import Question, SearchUnavailable
from search.engines.time_budget import shared_time_budget
from search.index import words
from search.index.passes import rebuild
from search.language.clauses import Anything

GREETING_SECONDS = 2.0
"""An engine that does not say who it is within this time is not asked to take a whole index."""


def engines_without_index() -> list[str]:
    """Engines that answer no search; all of them before the first words were learned."""
    learned = words.learned_at()
    return [name for name in settings.SEARCH_ENGINES if not (learned and _answers(name))]


def build_indices(names: Iterable[str], now: datetime) -> Iterator[tuple[str, int | SearchUnavailable]]:
    """Each engine with the number of its listings, or with why it has none."""
    for name in names:
        try:
            with shared_time_budget(GREETING_SECONDS):
                registry.engine(name).require_server()
            yield name, rebuild(engine=name, now=now)
        except SearchUnavailable as error:
            yield name, error


def _answers(name: str) -> bool:
    try:
        with shared_time_budget(GREETING_SECONDS):
            registry.engine(name).search(Question(clause=Anything(), limit=1))
    except SearchUnavailable:
        return False
    return True
