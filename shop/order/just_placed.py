"""The browser remembers for a while which order it placed last: the way back from its page leads there again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shop.order.models import Order

_KEY = "just_placed"
REMEMBERED = timedelta(hours=1)


def remember_placed(session: Any, order: Order) -> None:
    session[_KEY] = order.number


def was_just_placed(session: Any, order: Order, now: datetime) -> bool:
    """Whether this browser placed the order within REMEMBERED."""
    return session.get(_KEY) == order.number and order.date_placed > now - REMEMBERED


def just_placed(session: Any, now: datetime) -> Order | None:
    """The order that this browser placed last, within REMEMBERED."""
    number = session.get(_KEY)
    return Order.objects.filter(number=number, date_placed__gt=now - REMEMBERED).first() if number else None
