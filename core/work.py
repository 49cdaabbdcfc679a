"""Hand work to the background: after the commit, and never at the price of the act itself."""

from __future__ import annotations

from typing import Any

from celery import Task
from django.db import transaction


def enqueue(task: Task[..., Any], *arguments: Any) -> None:
    """Have ``task`` run with ``arguments`` (ids) once the transaction is committed; at once where there is none.

    A broker that is away loses neither the act nor its page: the error is logged and the caller goes on. So does a
    task that fails where tasks run in process. Whatever is enqueued therefore needs a periodic task that finds and
    does what was left undone (marketplace/schedule.py).
    """

    def hand_over() -> None:
        task.apply_async(arguments, retry=False)  # a page does not wait for a broker; the periodic task comes later

    hand_over.__qualname__ = f"{task.name}{arguments}"  # by which Django's log calls a callback that failed
    transaction.on_commit(hand_over, robust=True)
