"""Order numbers: short enough for the telephone, too many to guess."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from core.periods import vietnam_date
from core.text import letters_and_digits
from shop.order.models import Order

# Six digits of the day, six characters of its own, and in a part's number which part it is.
_TYPED_NUMBER = re.compile(r"(\d{6})([0-9A-Z]{6})\d{0,3}")


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


def order_number_of(typed: str) -> str:
    """The number of the order that somebody means by ``typed``, which may be the number of one of its parts.

    Read with or without hyphens, with blanks anywhere, in capitals or not; empty when it is no such number.
    """
    found = _TYPED_NUMBER.fullmatch(letters_and_digits(typed).upper())
    return f"{found[1]}-{found[2]}" if found else ""
