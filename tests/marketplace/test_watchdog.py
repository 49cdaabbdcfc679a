"""Periodic work that does not run, or fails, is told to operators and to whatever watches the site."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from marketplace import watchdog
from marketplace.celery import app
from marketplace.clock import Clock
from marketplace.models import PeriodicRun
from marketplace.schedule import PERIODIC_WORK
from tests.sign_in import sign_in

PUBLISH = "publish-scheduled-pages"
MESSAGES = "deliver-waiting-messages"
NIGHTLY = "expire-certificates"


@pytest.fixture
def awaited(db, now, time_machine):
    time_machine.move_to(now, tick=False)
    app.autodiscover_tasks(force=True)
    watchdog.await_entries(now=now)


def run(name: str) -> None:
    """As a worker runs it, its outcome reported by Celery's signals."""
    app.tasks[PERIODIC_WORK[name].task].apply(throw=False)


def wanting(now) -> dict[str, str]:
    states = watchdog.entry_states(now)
    return {state.name: "late" if state.is_late else "failed" for state in states if state.needs_somebody}


def test_sessions_that_ended_are_deleted(awaited, now):
    ended = Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(minutes=1))
    kept = Session.objects.create(session_key="kept", session_data="", expire_date=now + timedelta(minutes=1))
    run("forget-expired-sessions")
    assert list(Session.objects.filter(pk__in=[ended.pk, kept.pk])) == [kept]


def test_nothing_is_late_before_its_interval_and_the_margin(awaited, now):
    assert wanting(now + timedelta(minutes=1) + watchdog.MARGIN) == {}


def test_run_that_is_missed_is_late(awaited, now):
    late = wanting(now + timedelta(minutes=1, seconds=1) + watchdog.MARGIN)
    assert late == {MESSAGES: "late", "look-after-search-engines": "late"}


def test_late_work_is_in_order_again_once_it_ran(awaited, now, time_machine):
    later = now + timedelta(hours=1)
    assert MESSAGES in wanting(later)
    time_machine.move_to(later, tick=False)
    run(MESSAGES)
    assert MESSAGES not in wanting(later)


def test_nightly_work_is_late_after_its_time_of_day(awaited, now):
    midnight = now.replace(hour=0, minute=5) + timedelta(days=1)
    assert NIGHTLY not in wanting(midnight + watchdog.MARGIN)
    assert wanting(midnight + watchdog.MARGIN + timedelta(seconds=1))[NIGHTLY] == "late"


def test_run_that_fails_is_told_until_it_succeeds(awaited, now, monkeypatch, time_machine):
    def broken(command: str) -> None:
        raise ZeroDivisionError("0912 345 678")

    with monkeypatch.context() as patched:
        patched.setattr("content.tasks.call_command", broken)
        run(PUBLISH)
    assert wanting(now) == {PUBLISH: "failed"}
    assert PeriodicRun.objects.get(name=PUBLISH).error_class == "ZeroDivisionError"
    time_machine.move_to(now + timedelta(minutes=5), tick=False)
    run(PUBLISH)
    assert wanting(now + timedelta(minutes=5)) == {}


@pytest.mark.django_db(transaction=True)  # the clock lets go of its connection before each task
def test_clock_of_one_process_reports_like_a_worker(awaited, now, time_machine, monkeypatch):
    def broken(command: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("content.tasks.call_command", broken)
    clock = Clock(app)
    clock.tick()
    time_machine.move_to(now + timedelta(minutes=6), tick=False)
    clock.tick()
    runs = PeriodicRun.objects.in_bulk(field_name="name")
    assert runs[PUBLISH].failed_at == now + timedelta(minutes=6)
    assert runs[MESSAGES].succeeded_at == now + timedelta(minutes=6)


def test_operators_are_told_and_nobody_else(awaited, cast, now, time_machine):
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    operator = sign_in(Client(), cast.operator)
    for path in ("/van-hanh/", "/tai-khoan/"):
        assert "“Gửi các tin nhắn đang chờ” chưa chạy đúng hạn." in operator.get(path).content.decode(), path
    page = operator.get("/van-hanh/viec-dinh-ky/").content.decode()
    assert page.count("chưa chạy đúng hạn") == len(wanting(now + timedelta(hours=1)))
    assert "chưa chạy đúng hạn" not in sign_in(Client(), cast.head).get("/tai-khoan/").content.decode()


def test_health_page_names_periodic_work(transactional_db, awaited, now, time_machine, monkeypatch):
    monkeypatch.setattr("search.index.building.engines_without_index", list)
    assert Client().get("/health/ready/").content == b"ready\n"
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.content) == (200, b"ready, but without: periodic work\n")


def test_entry_of_a_new_release_is_awaited_from_the_update_on(awaited, now):
    PeriodicRun.objects.filter(name=MESSAGES).delete()
    assert watchdog.unawaited_entries() == [MESSAGES]
    assert MESSAGES not in wanting(now + timedelta(days=9)), "nobody is told before set_up has begun to wait for it"
    watchdog.await_entries(now=now + timedelta(days=9))
    assert MESSAGES not in wanting(now + timedelta(days=9))
    assert MESSAGES in wanting(now + timedelta(days=10))


def test_every_task_is_scheduled_or_asked_for():
    """A task that nothing starts is work that is done nowhere."""
    app.autodiscover_tasks(force=True)
    ours = {name for name in app.tasks if not name.startswith(("celery.", "test"))}
    scheduled = {entry.task for entry in PERIODIC_WORK.values()}
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(settings.ROOT).glob("[a-z]*/**/*.py")
        if path.parts[len(settings.ROOT.parts)] not in ("tests", "bench", "var")
    )
    asked_for = set(re.findall(r"enqueue(?:_apart)?\((\w+),", code))
    idle = {name for name in ours - scheduled if name.rsplit(".", 1)[1] not in asked_for}
    assert ours
    assert not idle
