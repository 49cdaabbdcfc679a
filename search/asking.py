"""Asking the engines in their order until one answers; operators hear when the first one does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from search import health, outbox, registry
from search.circuit import PATIENCE_SECONDS, circuit_of, within
from search.knowledge import current_language
from search.language.analysis import Language
from search.newest import newest_listings
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
            answer = _answer(call, engine, language)
        except SearchUnavailable as error:
            if circuit.failed():
                health.is_down(engine.name, now, str(error))
        else:
            if circuit.succeeded():
                health.is_up(engine.name, now)
                outbox.schedule_drains()
            return answer
    return call(newest_listings(now), language)


def _answer(call: Call[T], engine: SearchEngine, language: Language) -> T:
    """What needs the database has been read by now: a call that waits runs in another thread."""
    asked = partial(call, engine, language)
    return within(PATIENCE_SECONDS, asked) if registry.is_remote(engine.name) else asked()
