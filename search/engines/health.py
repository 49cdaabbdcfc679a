"""Which engines answer, as operators are told. Each process notices for itself, so the database keeps what they
found."""

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


def record_down(engine: str, now: datetime, problem: str) -> None:
    log.error("The search engine %s does not answer, another stands in: %s", engine, problem)
    _note(engine, {"is_down": True, "since": now, "problem": problem[:300]})


def record_up(engine: str, now: datetime) -> None:
    log.warning("The search engine %s answers again", engine)
    _note(engine, {"is_down": False, "since": now, "problem": ""})


def examine(engine: str, now: datetime) -> bool:
    """Does the engine answer? Asked by the background work every minute, and what it finds is recorded.

    So the record of an outage ends although the process that noticed it may be gone. The circuit breaker of this
    process is set too, which serves visitors where one process does everything.
    """
    was_down = EngineHealth.objects.filter(engine=engine, is_down=True).exists()
    try:
        registry.engine(engine).search(Question(clause=Anything(), limit=1))
    except (SearchUnavailable, BadQuestion) as error:  # whoever refuses the simplest question serves nobody
        circuit_breaker_of(engine).failed()
        if not was_down:
            record_down(engine, now, str(error))
        return False
    circuit_breaker_of(engine).succeeded()
    if was_down:
        record_up(engine, now)
    return True


def _note(engine: str, state: dict[str, object]) -> None:
    """Keep the state. A database error is logged and not raised, because a visitor is waiting for the page."""
    try:
        EngineHealth.objects.update_or_create(engine=engine, defaults=state)
    except DatabaseError:
        log.exception("The state of %s could not be written down", engine)
