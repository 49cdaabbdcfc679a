"""Order numbers: short enough for the telephone, too many to guess."""

from __future__ import annotations

import secrets
from datetime import datetime

from core.periods import vietnam_date
from shop.order.models import Order


def free_order_number(now: datetime) -> str:
    """A number such as "261014-482193": the day in Vietnam and six random digits."""
    day = vietnam_date(now).strftime("%y%m%d")
    while True:
        number = f"{day}-{secrets.randbelow(1_000_000):06}"
        if not Order.objects.filter(number=number).exists():
            return number


def household_order_number(order_number: str, position: int) -> str:
    """The number of one household's part: "261014-482193-2"."""
    return f"{order_number}-{position}"
