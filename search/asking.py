"""Asking the engines in their order until one answers; operators hear when the first one does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from search import health, outbox, registry
from search.circuit import circuit_of
from search.knowledge import current_language
from search.language.analysis import Language
from search.newest import newest_listings
from search.patience import shared_patience
from search.port import SearchEngine, SearchUnavailable

T = TypeVar("T")
Call = Callable[[SearchEngine, Language], T]


def ask(call: Call[T], now: datetime) -> T:
    """The answer of the first engine that gives one; at worst of the newest listings, read from the database."""
    language = current_language()
    for engine in registry.engines():
        circuit = circuit_of(engine.name)
        if not circuit.lets_through():
            continue
        try:
            with shared_patience():
                answer = call(engine, language)
        except SearchUnavailable as error:
            if circuit.failed():
                health.is_down(engine.name, now, str(error))
        else:
            if circuit.succeeded():
                health.is_up(engine.name, now)
                outbox.schedule_drains()
            return answer
    return call(newest_listings(now), language)
