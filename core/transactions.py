"""One transaction for a whole service, which runs again when the database asks for it. Why: docs/adr/0033."""

from __future__ import annotations

import logging
import random
import sqlite3
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from core.locks import watched_locks

logger = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

MAX_TRIES = 5
MAX_SECONDS = 10
"""From the first try; later than that none begins, because somebody waits for the answer."""
PAUSE_SECONDS = 0.02
"""Before the second try, on average; twice as long before each further one."""

DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"
"""PostgreSQL's codes for a transaction that it ended for the sake of another (its manual, appendix A)."""


def in_transaction(service: Callable[P, R]) -> Callable[P, R]:
    """Run the whole service in one transaction, and again when the database ended it for the sake of another.

    Inside another transaction it is a part of it, and is repeated with it. Because it may run several times, a service
    changes rows that it has read itself, not the objects that it was given, and reads no iterator twice. Raises what
    the database raised at the last try, for which ``is_busy`` holds: a page is then answered 503 (accounts/busy.py),
    and a task begins again later (core/patient_tasks.py).
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return _run(service, *args, **kwargs)
        tries, began = 0, time.monotonic()
        while True:
            try:
                return _run(service, *args, **kwargs)
            except OperationalError as error:
                tries += 1
                pause = PAUSE_SECONDS * 2 ** (tries - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
                is_last = tries == MAX_TRIES or time.monotonic() - began + pause > MAX_SECONDS
                if is_last or not is_busy(error):
                    raise
                logger.warning("%s runs again, try %s failed: %s", service.__qualname__, tries, error)
                time.sleep(pause)

    return run


def is_busy(error: BaseException | None) -> bool:
    """The transaction did nothing wrong and changed nothing: done again as a whole it may succeed."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) in (DEADLOCK, SERIALIZATION_FAILURE):
        return True
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte; the others say more about the same
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _run(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with transaction.atomic(), watched_locks():  # what runs after the commit begins with no locks held
        return service(*args, **kwargs)
