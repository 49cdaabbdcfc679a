"""How fast a household answers and how much it delivered: one selector, and the service that keeps what it said.

The product page and the storefront read the kept row (``catalog.storefront.models.TrackRecord``), so that no page and
no card computes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery

from catalog.models import TrackRecord
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Line
from shop.order.selectors import asked_between

ANSWERS_OF = timedelta(days=90)
HOUSEHOLDS_AT_ONCE = 500


@dataclass(slots=True)
class TrackFigures:
    """``minutes``: how long each counted order waited for its answer."""

    minutes: list[int] = field(default_factory=list)
    sold: int = 0


def track_figures(households: Iterable[int], now: datetime) -> dict[int, TrackFigures]:
    """For each household that was ever asked for goods: two queries for all of them.

    Counted are the orders for which it was asked within ANSWERS_OF. One that ended without its answer counts with the
    whole time it was given, so that silence does not make a household look fast. One that the buyer cancelled first,
    or that waits still, does not count. A line is sold when its household order is delivered, as it stands now.
    """
    wanted = list(households)
    figures = {pk: TrackFigures() for pk in wanted}
    answered = HouseholdOrderEvent.objects.standing().filter(
        household_order=OuterRef("household_order"),
        at__gte=OuterRef("at"),
        state__in=(HouseholdOrderState.ACCEPTED, HouseholdOrderState.DECLINED, HouseholdOrderState.UNANSWERED),
    )
    first = answered.order_by("at", "pk")
    asked = asked_between(now - ANSWERS_OF, now).filter(household_order__household__in=wanted).order_by()
    rows = asked.annotate(
        household=F("household_order__household"),
        answered_at=Subquery(first.values("at")[:1]),
        answer=Subquery(first.values("state")[:1]),
    ).filter(answered_at__isnull=False)
    whole = settings.ANSWER_WITHIN_HOURS * 60
    for household, asked_at, answered_at, answer in rows.values_list("household", "at", "answered_at", "answer"):
        waited = int((answered_at - asked_at).total_seconds() // 60)
        is_silent = answer == HouseholdOrderState.UNANSWERED
        figures[household].minutes.append(max(waited, whole) if is_silent else waited)
    delivered = Line.objects.filter(
        household_order__household__in=wanted, household_order__state=HouseholdOrderState.DELIVERED
    )
    for household, sold in delivered.order_by().values_list("household_order__household").annotate(sold=Count("pk")):
        figures[household].sold = sold
    return figures


def households_ever_asked() -> QuerySet[HouseholdOrder, int]:
    """Their ids, each once."""
    asked = HouseholdOrder.objects.order_by().values("household").annotate(first=Min("pk"))
    return asked.values_list("household", flat=True)


def refresh_track_records(*, now: datetime) -> int:
    """Compute the rows of all households anew; returns how many. Done twice, it writes the same."""
    households = sorted(households_ever_asked())
    for start in range(0, len(households), HOUSEHOLDS_AT_ONCE):
        figures = track_figures(households[start : start + HOUSEHOLDS_AT_ONCE], now)
        rows = [
            TrackRecord(
                household_id=pk,
                answers=len(found.minutes),
                median_minutes=round(median(found.minutes)) if found.minutes else None,
                sold=found.sold,
                computed_at=now,
            )
            for pk, found in figures.items()
        ]
        with transaction.atomic():
            TrackRecord.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["household"],
                update_fields=["answers", "median_minutes", "sold", "computed_at"],
            )
    return len(households)
