"""Whether the periodic work runs: each run leaves its outcome in a table, and operators are told what is missing.

Celery reports the end of each task by signals, in the worker and in the process of ``make run`` alike. The table is
read by the health page, by a page of operators and by their notices: it stays right when beat, the worker or the
broker is what has stopped, because then the rows grow old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import Task
from celery.signals import task_failure, task_success
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import is_operator
from accounts.models import User
from accounts.workspaces import Notice
from marketplace.models import PeriodicRun
from marketplace.schedule import PERIODIC_WORK, Entry

# A worker that makes a long report, or a site that restarts, is no reason to wake anybody.
MARGIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class EntryState:
    """One entry of the schedule, how it ran last, and whether somebody must look."""

    name: str
    label: Any
    succeeded_at: datetime | None
    failed_at: datetime | None
    error_class: str
    is_late: bool
    has_failed: bool

    @property
    def needs_somebody(self) -> bool:
        return self.is_late or self.has_failed


def watch_tasks() -> None:
    """Record the outcome of every task that the schedule names, from now on in this process."""
    task_success.connect(_record_success, weak=False, dispatch_uid="watchdog")
    task_failure.connect(_record_failure, weak=False, dispatch_uid="watchdog")


def _record_success(sender: Task[..., Any], **kwargs: Any) -> None:
    record_run(task=sender.name, now=timezone.now())


def _record_failure(sender: Task[..., Any], exception: BaseException, **kwargs: Any) -> None:
    record_run(task=sender.name, now=timezone.now(), error=exception)


def record_run(*, task: str, now: datetime, error: BaseException | None = None) -> None:
    """Write how a run of ``task`` ended; a task that is not in the schedule leaves nothing."""
    outcome: dict[str, Any] = {"succeeded_at": now} if error is None else {"failed_at": now}
    if error is not None:
        outcome["error_class"] = type(error).__name__
    # One statement: two runs that end at the same moment cannot both find the row missing.
    PeriodicRun.objects.bulk_create(
        [
            PeriodicRun(name=name, awaited_since=now, **outcome)
            for name, entry in PERIODIC_WORK.items()
            if entry.task == task
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=list(outcome),
    )


def unawaited_entries() -> list[str]:
    """Entries that this site does not wait for yet: those of a new site or a new release."""
    known = set(PeriodicRun.objects.values_list("name", flat=True))
    return [name for name in PERIODIC_WORK if name not in known]


def await_entries(*, now: datetime) -> list[str]:
    """Expect every entry of the schedule to run from ``now`` on, those excepted that were expected before."""
    names = unawaited_entries()
    PeriodicRun.objects.bulk_create(
        [PeriodicRun(name=name, awaited_since=now) for name in names], ignore_conflicts=True
    )
    return names


def last_runs() -> dict[str, datetime]:
    """When each entry ended last, well or not; without those that never ran."""
    return {run.name: ended for run in PeriodicRun.objects.all() if (ended := _last_end(run))}


def entry_states(now: datetime) -> list[EntryState]:
    """Every entry of the schedule in its order; one that ``set_up`` has not begun to await is never late."""
    runs = {run.name: run for run in PeriodicRun.objects.all()}
    return [_state(name, entry, runs.get(name), now) for name, entry in PERIODIC_WORK.items()]


def _state(name: str, entry: Entry, run: PeriodicRun | None, now: datetime) -> EntryState:
    if run is None:
        return EntryState(name, entry.label, None, None, "", is_late=False, has_failed=False)
    ended = _last_end(run)
    return EntryState(
        name=name,
        label=entry.label,
        succeeded_at=run.succeeded_at,
        failed_at=run.failed_at,
        error_class=run.error_class,
        is_late=now > next_turn(entry, ended or run.awaited_since) + MARGIN,
        has_failed=ended is not None and ended == run.failed_at,
    )


def _last_end(run: PeriodicRun) -> datetime | None:
    return max(filter(None, (run.succeeded_at, run.failed_at)), default=None)


def next_turn(entry: Entry, after: datetime) -> datetime:
    """When the entry is due first after ``after``."""
    if isinstance(entry.when, float):
        return after + timedelta(seconds=entry.when)
    start, until, _now = entry.when.remaining_delta(timezone.localtime(after))
    due: datetime = start + until
    return due


def notices_for(user: User, now: datetime) -> list[Notice]:
    """One notice for operators for each entry that did not run or failed; none for anybody else."""
    if not is_operator(user):
        return []
    late, failed = _("“%(work)s” has not run in its time."), _("“%(work)s” failed when it ran last.")
    return [
        Notice((late if state.is_late else failed) % {"work": state.label}, reverse("periodic_work"))
        for state in entry_states(now)
        if state.needs_somebody
    ]
