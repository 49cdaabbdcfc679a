"""Without a broker the scheduled tasks run in the process that serves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import Celery

from marketplace.celery import app as ours
from marketplace.clock import Clock
from marketplace.models import PeriodicRun

RAN: list[str] = []


def sweep() -> None:
    RAN.append("sweep")


def broken() -> None:
    raise ZeroDivisionError


@pytest.fixture
def app(time_machine, now) -> Iterator[Celery]:
    time_machine.move_to(now, tick=False)
    app = Celery("test", set_as_current=False)
    app.conf.timezone = "Asia/Ho_Chi_Minh"
    RAN.clear()
    app.task(sweep, name="sweep")
    app.task(broken, name="broken")
    app.conf.beat_schedule = {
        "broken-task": {"task": "broken", "schedule": 60.0},
        "sweep-task": {"task": "sweep", "schedule": 60.0},
    }
    yield app
    app.close()


def test_task_runs_at_each_of_its_turns(db, app, time_machine, now):
    clock = Clock(app)
    assert clock.tick() == []
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    assert clock.tick() == ["broken-task", "sweep-task"]
    assert clock.tick() == []
    time_machine.move_to(now + timedelta(seconds=122), tick=False)
    clock.tick()
    assert RAN == ["sweep", "sweep"]


def test_broken_task_is_logged_and_stops_nobody(db, app, time_machine, now, caplog):
    clock = Clock(app)
    clock.tick()
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    clock.tick()
    assert RAN == ["sweep"]
    assert "broken-task broke off" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_was_missed_while_the_machine_was_off_runs_at_the_start(db, app, now):
    PeriodicRun.objects.create(name="sweep-task", awaited_since=now, succeeded_at=now - timedelta(days=2))
    assert Clock(app).tick() == ["sweep-task"]


def test_every_scheduled_task_exists():
    ours.autodiscover_tasks(force=True)
    assert not {entry["task"] for entry in ours.conf.beat_schedule.values()} - set(ours.tasks)
