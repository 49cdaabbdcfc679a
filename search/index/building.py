"""Building the indices that a site lacks. An engine that does not answer is reported and left for later."""

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
"""So long an engine has to answer before a whole index is written to it; a write itself would wait for minutes."""


def engines_without_index() -> list[str]:
    """The engines that answer no search; before the first vocabulary was counted, all of them."""
    learned = words.learned_at()
    return [name for name in settings.SEARCH_ENGINES if not (learned and _answers(name))]


def build_indices(names: Iterable[str], now: datetime) -> Iterator[tuple[str, int | SearchUnavailable]]:
    """Rebuild the index of each engine; yields its name with the number of its listings, or with why it has none."""
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
