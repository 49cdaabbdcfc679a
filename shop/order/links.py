"""Links to an order's page: whoever has the link follows the order, without typing number and phone again.

A link holds the day on which it was made and ends LINK_DAYS later: messages are passed on, and phones are sold. It
outlives a change of SECRET_KEY for as long as the key that signed it stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.periods import vietnam_date
from shop.order.models import Order

LINK_DAYS = 90
# Enough of a signature (132 bits) for a link that fits into a text message.
_SIGNED_CHARACTERS = 22


class LinkHasEnded(DomainError):
    """The link is one of ours, and its days are over."""

    code = "link_has_ended"


def signature(number: str, now: datetime) -> str:
    """What a link to the order holds beside its number: the signature, then the day in Vietnam in base 36."""
    day = int_to_base36(vietnam_date(now).toordinal())
    return _signed(number, day, settings.SECRET_KEY) + day


def is_signed(number: str, given: str, now: datetime) -> bool:
    """Whether ``given`` is a signature for the order that still holds. Raises LinkHasEnded for one that did hold."""
    signed, day = given[:_SIGNED_CHARACTERS], given[_SIGNED_CHARACTERS:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(_signed(number, day, key), signed) for key in keys):
        return False
    if vietnam_date(now - timedelta(days=LINK_DAYS)).toordinal() > base36_to_int(day):
        raise LinkHasEnded(_("This link has ended. Find your order by its number and your phone number."))
    return True


def _signed(number: str, day: str, key: str) -> str:
    return Signer(key=key, salt="shop.order.page").signature(f"{number}:{day}")[:_SIGNED_CHARACTERS]


def order_url(order: Order, page: str = "orders:detail", *, now: datetime) -> str:
    """The address of a page of the order, with a link that is made ``now``."""
    return reverse(page, kwargs={"number": order.number, "signature": signature(order.number, now)})
