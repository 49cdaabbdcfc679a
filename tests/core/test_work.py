"""Work is handed over after the commit, and neither a broker nor a task that fails undoes the act."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from unittest import mock

import pytest
from celery import Celery, Task
from django.contrib.sites.models import Site
from django.db import transaction

from core import work
from core.work import enqueue, enqueue_apart

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


def test_heavy_work_runs_after_the_commit_in_a_process_of_its_own(note, done, settings, monkeypatch):
    settings.CELERY_TASK_ALWAYS_EAGER = settings.HEAVY_WORK_APART = True
    commands = []
    monkeypatch.setattr(
        work.subprocess, "run", lambda command, **_options: commands.append(command) or mock.Mock(returncode=0)
    )
    with transaction.atomic():
        enqueue_apart(note, 1)
        assert commands == []
    for thread in threading.enumerate():
        if thread.name == "apart":
            thread.join()
    assert (done, commands[0][1:]) == ([], ["-m", "core.run_task", "note", "[1]"])


def test_a_task_is_run_by_its_name_in_another_process(tmp_path):
    """As the server starts it; the task finds nothing to do in a new database and says so by its status."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "VAR_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    for name, status in (("messaging.tasks.deliver", 1), ("search.index.tasks.learn_words_of_nobody", 1)):
        command = [sys.executable, "-m", "core.run_task", name, "[1]"]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == status
        assert ("no such table: messaging_outgoingmessage" in ran.stderr) == (name == "messaging.tasks.deliver")
