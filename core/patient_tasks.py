"""Tasks that wait until a busy database has a turn for them."""

from __future__ import annotations

from typing import Any

from celery import Task
from django.db import OperationalError

from core.transactions import is_busy

PAUSE_SECONDS, MAX_TURNS = 30, 3


class PatientTask(Task):  # type: ignore[type-arg]  # generic in its stubs alone
    """A task that a worker begins again, up to ``MAX_TURNS`` times, when the database was busy to a service's last try.

    What is left after that, or where tasks run in process, is done by the periodic task that each kind of work has.
    Raises what the database raised.
    """

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        try:
            return super().__call__(*arguments, **named)
        except OperationalError as error:
            if self.request.is_eager or self.request.called_directly or not is_busy(error):
                raise
            raise self.retry(exc=error, countdown=PAUSE_SECONDS, max_retries=MAX_TURNS) from error
