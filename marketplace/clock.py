"""Runs the periodic work in this process, one task after the other: what Celery's beat does where there is a broker."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from typing import cast

from celery import Celery
from celery.schedules import BaseSchedule, maybe_schedule
from django.db import close_old_connections

from marketplace.watchdog import last_runs

log = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0


class Clock:
    """Keeps, for each entry of the beat's schedule, when it ran last; what ran before this process began counts.

    A machine that is switched off at night would otherwise never do what is due at night.
    """

    def __init__(self, app: Celery) -> None:
        self.app = app
        self.last_run: dict[str, datetime] = last_runs()
        app.autodiscover_tasks(force=True)

    def tick(self) -> list[str]:
        """Run what is due and name it; an entry that was never seen waits for its first turn from now on."""
        return [name for name in self.app.conf.beat_schedule if self._is_due(name) and self._run(name)]

    def _is_due(self, name: str) -> bool:
        entry = self.app.conf.beat_schedule[name]
        last = self.last_run.setdefault(name, self.app.now())
        # It makes a schedule of a plain number too, which its type does not say.
        schedule = cast(BaseSchedule, maybe_schedule(entry["schedule"], app=self.app))
        return bool(schedule.is_due(last).is_due)

    def _run(self, name: str) -> bool:
        entry = self.app.conf.beat_schedule[name]
        self.last_run[name] = self.app.now()
        close_old_connections()
        # Unlike a plain call this tells the watchdog how it ended; unlike apply_async it never raises.
        ended = self.app.tasks[entry["task"]].apply(entry.get("args", ()), entry.get("kwargs", {}), throw=False)
        if ended.failed():
            log.error("%s broke off; it runs again at its next turn", name, exc_info=ended.result)
        return True


def start_clock(app: Celery) -> threading.Thread:
    """A background thread that ticks until the process ends."""
    clock, never = Clock(app), threading.Event()

    def run() -> None:
        while not never.wait(PAUSE_SECONDS):
            clock.tick()

    thread = threading.Thread(target=run, name="clock", daemon=True)
    thread.start()
    return thread
