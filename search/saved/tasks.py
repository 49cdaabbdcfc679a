"""Background work of saved searches."""

from __future__ import annotations

from functools import partial

from celery import shared_task
from django.utils import timezone

from search.asking.failover import ask_engines
from search.saved import alerts


@shared_task
def send_alerts() -> None:
    """Every quarter of an hour: tell owners of saved searches what was published since. Safe to repeat."""
    now = timezone.now()
    for saved in alerts.due_searches(now):
        if arrived := ask_engines(partial(alerts.arrivals, saved, now=now), now):
            alerts.send_alert(saved=saved, arrived=arrived, now=now)
