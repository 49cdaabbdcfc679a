"""Orders that wait for an answer: ids in, safe to repeat."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from core.work import enqueue
from shop.order.models import HouseholdOrder, HouseholdOrderEvent
from shop.order.selectors import final_declines, unanswered_parts
from shop.order.services import end_unanswered, record_final_decline, remind_of_answer
from shop.order.track_records import refresh_track_records

PATIENCE = timedelta(hours=12)


@shared_task
def remind_household(part_id: int) -> None:
    remind_of_answer(household_order=HouseholdOrder.objects.get(pk=part_id), now=timezone.now())


@shared_task
def sweep_unanswered_orders() -> int:
    """Each household order unanswered for half a day gets one reminder a day, by day of Vietnam."""
    parts = list(unanswered_parts(timezone.now(), older_than=PATIENCE).values_list("pk", flat=True))
    for part_id in parts:
        enqueue(remind_household, part_id)
    return len(parts)


@shared_task
def end_unanswered_order(part_id: int) -> None:
    end_unanswered(household_order=HouseholdOrder.objects.get(pk=part_id), now=timezone.now())


@shared_task
def sweep_overdue_orders() -> int:
    """Household orders whose time to answer is over: each is ended on its own, so that one failure stops no other."""
    older_than = timedelta(hours=settings.ANSWER_WITHIN_HOURS)
    parts = list(unanswered_parts(timezone.now(), older_than=older_than).values_list("pk", flat=True))
    for part_id in parts:
        enqueue(end_unanswered_order, part_id)
    return len(parts)


@shared_task
def record_decline(event_id: int) -> None:
    record_final_decline(decline=HouseholdOrderEvent.objects.get(pk=event_id), now=timezone.now())


@shared_task
def sweep_final_declines() -> int:
    """Declines that can no longer be taken back count as answers from now on."""
    declines = list(final_declines(timezone.now()).values_list("pk", flat=True))
    for event_id in declines:
        enqueue(record_decline, event_id)
    return len(declines)


@shared_task
def renew_track_records() -> int:
    """How fast each household answers and how much it delivered, as its pages say it."""
    return refresh_track_records(now=timezone.now())
