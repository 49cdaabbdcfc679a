"""Background work of alerts."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from shop.wishes import services


@shared_task
def tell_who_waits() -> None:
    """Every quarter of an hour: tell people that what they wait for is back. Safe to repeat."""
    now = timezone.now()
    for alert in services.due_alerts():
        services.tell(alert=alert, now=now)
