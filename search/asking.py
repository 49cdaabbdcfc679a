"""Asking the engines in their order until one answers; operators hear when the first one does not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import DatabaseError

from search import outbox, registry
from search.circuit import PATIENCE_SECONDS, circuit_of, within
from search.knowledge import language_of
from search.language.analysis import Language
from search.models import EngineHealth
from search.newest import newest_listings
from search.port import SearchEngine, SearchUnavailable

log = logging.getLogger(__name__)
T = TypeVar("T")

REMOTE = frozenset({"elasticsearch"})
"""Engines behind a network, which may let a caller wait."""


Call = Callable[[SearchEngine, Language], T]


def ask(call: Call[T], now: datetime) -> T:
    """The answer of the first engine that gives one; at worst of the newest listings, read from the database."""
    for engine in registry.engines():
        circuit = circuit_of(engine.name)
        if not circuit.lets_through():
            continue
        try:
            answer = _answer(call, engine)
        except SearchUnavailable as error:
            if circuit.failed():
                _note(engine.name, now, problem=str(error))
        else:
            if circuit.succeeded():
                _note(engine.name, now, problem="")
                outbox.schedule_drains()
            return answer
    return _answer(call, newest_listings(now))


def _answer(call: Call[T], engine: SearchEngine) -> T:
    """The language is read in this thread, which holds the database connection."""
    asked = partial(call, engine, _language())
    return within(PATIENCE_SECONDS, asked) if engine.name in REMOTE else asked()


def _language() -> Language:
    """From the embedded index, which has the same listings and needs no network; bare rules where there is none."""
    for engine in registry.engines():
        if engine.name not in REMOTE:
            try:
                return language_of(engine)
            except SearchUnavailable:
                continue
    return Language()


def _note(engine: str, now: datetime, *, problem: str) -> None:
    """Tell operators; that must never cost the visitor a page."""
    if problem:
        log.error("The search engine %s does not answer, another stands in: %s", engine, problem)
    else:
        log.warning("The search engine %s answers again", engine)
    try:
        state = {"is_down": bool(problem), "since": now, "problem": problem[:300]}
        EngineHealth.objects.update_or_create(engine=engine, defaults=state)
    except DatabaseError:
        log.exception("The state of %s could not be written down", engine)
