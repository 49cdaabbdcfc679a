"""A task for which the database stayed busy begins again later, a few times."""

from __future__ import annotations

import sqlite3

import pytest
from celery import Celery
from celery.exceptions import Retry
from django.db import OperationalError

from core.patient_tasks import MAX_TURNS, PAUSE_SECONDS, PatientTask
from marketplace.celery import app as site


class Locked(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_BUSY


def run_in_worker(cause: Exception, turn: int) -> None:
    """Run a task of the site's kind as a worker does at this turn; the database ends it by ``cause``."""
    app = Celery("busy", set_as_current=False, task_cls=PatientTask, broker="memory://")

    @app.task(name=f"busy {cause} {turn}")
    def work() -> None:
        raise OperationalError from cause

    work.push_request(called_directly=False, is_eager=False, retries=turn, id="1", args=(), kwargs={})
    try:
        work()
    finally:
        work.pop_request()


@pytest.mark.parametrize("turn", range(MAX_TURNS))
def test_a_task_begins_again_when_the_database_stayed_busy(turn):
    with pytest.raises(Retry) as again:
        run_in_worker(Locked(), turn)
    assert again.value.when == PAUSE_SECONDS


def test_a_task_is_given_up_at_last():
    with pytest.raises(OperationalError):
        run_in_worker(Locked(), MAX_TURNS)


def test_a_task_that_broke_for_another_reason_does_not_begin_again():
    with pytest.raises(OperationalError):
        run_in_worker(sqlite3.OperationalError("no such table"), 0)


def test_the_sites_tasks_are_of_this_kind():
    assert all(isinstance(task, PatientTask) for name, task in site.tasks.items() if not name.startswith("celery."))
