"""Links to an order's page: whoever has the link follows the order, without typing number and phone again.

A link holds the day on which it was made and ends LINK_DAYS later: messages are passed on, and phones are sold.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.periods import vietnam_date
from core.short_signatures import SIGNED_CHARACTERS, is_signature_of, short_signature
from shop.order.models import Order

LINK_DAYS = 90
_SALT = "shop.order.page"


class LinkHasEnded(DomainError):
    """The link is one of ours, and its days are over."""

    code = "link_has_ended"


def signature(number: str, now: datetime) -> str:
    """What a link to the order holds beside its number: the signature, then the day in Vietnam in base 36."""
    day = int_to_base36(vietnam_date(now).toordinal())
    return short_signature(f"{number}:{day}", salt=_SALT) + day


def is_signed(number: str, given: str, now: datetime) -> bool:
    """Whether ``given`` is a signature for the order that still holds. Raises LinkHasEnded for one that did hold."""
    signed, day = given[:SIGNED_CHARACTERS], given[SIGNED_CHARACTERS:]
    if not is_signature_of(f"{number}:{day}", signed, salt=_SALT):
        return False
    if vietnam_date(now - timedelta(days=LINK_DAYS)).toordinal() > base36_to_int(day):
        raise LinkHasEnded(_("This link has ended. Find your order by its number and your phone number."))
    return True


def order_url(order: Order, page: str = "orders:detail", *, now: datetime) -> str:
    """The address of a page of the order, with a link that is made ``now``."""
    return reverse(page, kwargs={"number": order.number, "signature": signature(order.number, now)})
