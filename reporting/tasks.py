"""Background work of reporting; safe to repeat."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from core.work import enqueue_apart
from reporting.files import forget_expired_files, produce_report
from reporting.models import ReportRun, RunStatus

SWEEP_AFTER = timedelta(minutes=15)


@shared_task
def make_report(run_id: int) -> None:
    produce_report(run_id=run_id, now=timezone.now())


@shared_task
def make_waiting_reports() -> None:
    """Hand over again what was asked for some time ago and has not been made."""
    waiting = ReportRun.objects.filter(status=RunStatus.WAITING, requested_at__lt=timezone.now() - SWEEP_AFTER)
    for run_id in waiting.values_list("pk", flat=True):
        enqueue_apart(make_report, run_id)


@shared_task
def forget_expired_reports() -> None:
    forget_expired_files(now=timezone.now())


@shared_task
def close_facts() -> None:
    from reporting.facts.closing import close_days  # with DuckDB, which no process needs that closes nothing

    close_days(now=timezone.now())
