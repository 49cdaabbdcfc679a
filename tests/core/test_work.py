"""Work is handed over after the commit, and neither a broker nor a task that fails undoes the act."""

from __future__ import annotations

import logging

import pytest
from celery import Celery, Task
from django.contrib.sites.models import Site
from django.db import transaction

from core.work import enqueue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def done() -> list[int]:
    return []


@pytest.fixture
def note(done) -> Task:
    """Runs in process, as where no broker is set; refuses negative numbers."""
    app = Celery("embedded", set_as_current=False)
    app.conf.update(task_always_eager=True, task_eager_propagates=True)

    @app.task(name="note")
    def note(number: int) -> None:
        if number < 0:
            raise ValueError(number)
        done.append(number)

    return note


def test_work_runs_after_the_commit_and_not_before(note, done):
    with transaction.atomic():
        enqueue(note, 1)
        assert done == []
    assert done == [1]


def test_nothing_runs_for_a_change_that_is_undone(note, done):
    with transaction.atomic():
        enqueue(note, 1)
        transaction.set_rollback(True)
    assert done == []


def test_outside_a_transaction_it_runs_at_once(note, done):
    enqueue(note, 1)
    assert done == [1]


def test_what_one_transaction_asks_for_several_times_runs_once(note, done):
    for _transaction in range(2):
        with transaction.atomic():
            for number in (1, 2, 1):
                enqueue(note, number)
    assert done == [1, 2, 1, 2]


def test_a_savepoint_that_is_undone_takes_no_work_of_others_along(note, done):
    with transaction.atomic():
        with transaction.atomic():
            enqueue(note, 1)
            transaction.set_rollback(True)
        enqueue(note, 1)
        with transaction.atomic():
            enqueue(note, 1)
            transaction.set_rollback(True)
    assert done == [1]


def test_a_task_that_fails_stops_neither_the_act_nor_what_comes_after(note, done, caplog):
    with transaction.atomic():
        Site.objects.create(domain="kept.example", name="kept")
        enqueue(note, -1)
        enqueue(note, 2)
    assert Site.objects.filter(domain="kept.example").exists()
    assert done == [2]
    assert "note(-1,)" in caplog.text


def test_a_broker_that_is_away_loses_no_act_and_is_logged(caplog):
    app = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)

    @app.task(name="remind")
    def remind(number: int) -> None:
        pass

    with caplog.at_level(logging.ERROR), transaction.atomic():
        Site.objects.create(domain="kept.example", name="kept")
        enqueue(remind, 7)
    assert Site.objects.filter(domain="kept.example").exists()
    assert "remind(7,)" in caplog.text
    assert "127.0.0.1:1" in caplog.text
    enqueue(remind, 8)
    assert "remind(8,)" in caplog.text
