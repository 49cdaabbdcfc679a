"""Reliability: the share of a household's orders that it answered within 24 hours, as the ranking uses it.

The value of a day counts the orders of the 180 days before whose 24 hours had passed when the day began in Vietnam. So
it stays the same all day, whatever is answered meanwhile, and only the nightly comparison has listings to renew.

``PRIOR_ORDERS`` are added to each household's orders, half of them answered in time. So a new household has the value
in the middle, and a single order changes it little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from core.periods import VIETNAM, vietnam_date
from shop.order.selectors import answers_in_time, asked_between

ANSWER_WITHIN = timedelta(hours=24)
LOOK_BACK = timedelta(days=180)
PRIOR_ORDERS = 4
NEUTRAL = 50


@dataclass(frozen=True, slots=True)
class Window:
    """The orders that count on one day: asked from ``since`` on and before ``until``."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, day: date) -> Window:
        begins = datetime.combine(day, time(), VIETNAM)
        return cls(begins - LOOK_BACK, begins - ANSWER_WITHIN)


def reliabilities(households: Collection[int], day: date) -> dict[int, int]:
    """0 to 100 for each of these households, in one query."""
    window = Window.of(day)
    counts = answers_in_time(households, since=window.since, until=window.until, within=ANSWER_WITHIN)
    return {household: reliability(*counts.get(household, (0, 0))) for household in households}


def reliability(orders: int, in_time: int) -> int:
    return round((100 * in_time + NEUTRAL * PRIOR_ORDERS) / (orders + PRIOR_ORDERS))


def moved_households(now: datetime, *, before: datetime | None) -> Iterable[int]:
    """Households whose value may not be what it was ``before``; when that is unknown, all that were asked at all."""
    window = Window.of(vietnam_date(now))
    asked = asked_between(window.since, window.until)
    if before is not None:
        earlier = Window.of(vietnam_date(before))
        came_or_went = Q(at__gte=earlier.until) | Q(at__lt=window.since)
        asked = asked_between(earlier.since, window.until).filter(came_or_went)
    return asked.order_by().values_list("household_order__household", flat=True).distinct()
