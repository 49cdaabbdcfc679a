"""Links to an order's page: whoever has the link follows the order, without typing number and phone again."""

from __future__ import annotations

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from shop.order.models import Order

_SIGNER = Signer(salt="shop.order.page")
LENGTH = 22


def signature(number: str) -> str:
    """Enough of a signature (132 bits) for a link that fits into a text message."""
    return _SIGNER.signature(number)[:LENGTH]


def is_signed(number: str, given: str) -> bool:
    return constant_time_compare(signature(number), given)


def order_url(order: Order, page: str = "orders:detail") -> str:
    return reverse(page, kwargs={"number": order.number, "signature": signature(order.number)})
