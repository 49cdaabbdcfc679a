"""The ways to pay that a buyer can choose now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import capfirst

from shop.payment.models import PaymentMethod


def offered_methods() -> list[tuple[str, Any]]:
    """Choices for a form: cash on delivery always, cards when a gateway is configured."""
    offered = [PaymentMethod.CASH_ON_DELIVERY]
    if settings.CARD_GATEWAY:
        offered.append(PaymentMethod.CARD)
    return [(method.value, capfirst(method.label)) for method in offered]
