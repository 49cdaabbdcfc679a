"""Failover: the engines are asked in their order until one answers, and operators are told when one does not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from core.momentary import mark_momentary
from search.asking.current_lexicon import current_lexicon
from search.asking.newest import newest_listings
from search.engines import health, registry
from search.engines.circuit_breaker import circuit_breaker_of
from search.engines.plain import empty_engine
from search.engines.port import BadQuestion, SearchEngine, SearchUnavailable
from search.engines.time_budget import shared_time_budget
from search.index.changes import schedule_drains
from search.language.lexicon import Lexicon

T = TypeVar("T")
Call = Callable[[SearchEngine, Lexicon], T]

log = logging.getLogger(__name__)


def ask_engines(call: Call[T], now: datetime) -> T:
    """What ``call`` returns for the first engine that answers; if none does, for the newest listings in the database.

    A question that an engine refuses (``BadQuestion``) is no outage: the next engine is asked, and if all refuse it,
    ``call`` gets an engine that finds nothing. When an engine answers again, its outbox is drained.
    """
    lexicon = current_lexicon()
    is_refused = False
    for place, engine in enumerate(registry.engines()):
        circuit = circuit_breaker_of(engine.name)
        if not circuit.lets_through():
            continue
        try:
            with shared_time_budget():
                answer = call(engine, lexicon)
        except BadQuestion:
            log.exception("%s was asked what it cannot take", engine.name)
            is_refused = True
        except SearchUnavailable as error:
            if circuit.failed():
                health.record_down(engine.name, now, str(error))
        else:
            if circuit.succeeded():
                health.record_up(engine.name, now)
                schedule_drains()
            if place:
                mark_momentary("a stand-by answered")
            return answer
    mark_momentary("no engine answered")
    return call(empty_engine() if is_refused else newest_listings(now), lexicon)
