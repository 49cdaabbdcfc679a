"""Hand work to the background: after the commit, and never at the price of the act itself."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from celery import Task
from django.conf import settings
from django.db import connection, transaction

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Once:
    """What several callers of one transaction want done; ``is_done`` is shared by their callbacks."""

    is_done: bool = False


@dataclass(slots=True)
class _Wanted:
    """What waits for the commit of the transaction whose list of callbacks this is."""

    callbacks: list[Any]
    by_name: dict[str, _Once] = field(default_factory=dict)


_of_thread = threading.local()


def enqueue(task: Task[..., Any], *arguments: Any) -> None:
    """Have ``task`` run with ``arguments`` (ids) once the transaction is committed; at once where there is none.

    A task that one transaction asks for several times with the same arguments runs once. A broker that is away loses
    neither the act nor its page: the error is logged and the caller goes on. So does a task that fails where tasks run
    in process. Whatever is enqueued therefore needs a periodic task that finds and does what was left undone
    (marketplace/schedule.py).
    """

    def hand_over() -> None:
        task.apply_async(arguments, retry=False)  # a page does not wait for a broker; the periodic task comes later

    once_after_commit(f"{task.name}{arguments}", hand_over)


def enqueue_apart(task: Task[..., Any], *arguments: Any) -> None:
    """As ``enqueue``, for work that computes for seconds: a spreadsheet would slow every page of its process.

    Without a broker a process of its own does it (``core.run_task``), where ``HEAVY_WORK_APART`` says so.
    """
    if not (settings.CELERY_TASK_ALWAYS_EAGER and settings.HEAVY_WORK_APART):
        enqueue(task, *arguments)
        return
    command = [sys.executable, "-m", "core.run_task", task.name, json.dumps(arguments)]

    def run() -> None:
        done = subprocess.run(command, cwd=settings.ROOT, check=False)  # noqa: S603 - our own module and ids
        if done.returncode:
            logger.error("%s%s ended with %s", task.name, arguments, done.returncode)

    def start() -> None:
        threading.Thread(target=run, name="apart", daemon=True).start()

    once_after_commit(f"{task.name}{arguments}", start)


def once_after_commit(name: str, act: Callable[[], object]) -> None:
    """Call ``act`` after the commit, once for each ``name`` and transaction; at once where there is none.

    Each caller leaves a callback of its own and the first that runs does it, because a savepoint that is rolled back
    takes its callbacks with it and must not take those of the others.
    """
    once = _wanted().setdefault(name, _Once())
    if once.is_done:
        once = _wanted()[name] = _Once()

    def run() -> None:
        if not once.is_done:
            once.is_done = True
            act()

    run.__qualname__ = name  # by which Django's log calls a callback that failed
    transaction.on_commit(run, robust=True)


def _wanted() -> dict[str, _Once]:
    """What this thread's transaction waits for already; Django begins a new list of callbacks with each transaction."""
    known: _Wanted | None = getattr(_of_thread, "wanted", None)
    if known is None or known.callbacks is not connection.run_on_commit:
        known = _of_thread.wanted = _Wanted(connection.run_on_commit)
    return known.by_name
