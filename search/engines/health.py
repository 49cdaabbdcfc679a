"""How the engines are, as operators are told: kept in the database, because every process finds out for itself."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError

from search.engines import registry
from search.engines.circuit_breaker import circuit_breaker_of
from search.engines.port import BadQuestion, Question, SearchUnavailable
from search.language.clauses import Anything
from search.models import EngineHealth

log = logging.getLogger(__name__)


def is_down(engine: str, now: datetime, problem: str) -> None:
    log.error("The search engine %s does not answer, another stands in: %s", engine, problem)
    _note(engine, {"is_down": True, "since": now, "problem": problem[:300]})


def is_up(engine: str, now: datetime) -> None:
    log.warning("The search engine %s answers again", engine)
    _note(engine, {"is_down": False, "since": now, "problem": ""})


def examine(engine: str, now: datetime) -> bool:
    """Does it answer? Asked by the background work, so that no engine is called down for longer than it is.

    A process that noted an outage may be gone before it sees the end of it. Where visitors are served by the process
    that asks, they profit: it knows by now whether to try this engine.
    """
    was_down = EngineHealth.objects.filter(engine=engine, is_down=True).exists()
    try:
        registry.engine(engine).search(Question(clause=Anything(), limit=1))
    except (SearchUnavailable, BadQuestion) as error:  # whoever refuses the simplest question serves nobody
        circuit_breaker_of(engine).failed()
        if not was_down:
            is_down(engine, now, str(error))
        return False
    circuit_breaker_of(engine).succeeded()
    if was_down:
        is_up(engine, now)
    return True


def _note(engine: str, state: dict[str, object]) -> None:
    """Telling operators must never cost the visitor a page."""
    try:
        EngineHealth.objects.update_or_create(engine=engine, defaults=state)
    except DatabaseError:
        log.exception("The state of %s could not be written down", engine)
