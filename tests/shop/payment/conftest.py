"""A card order that waits for its payment."""

from __future__ import annotations

import pytest

from shop.order.models import Order
from shop.payment.models import PaymentMethod
from tests.factories.orders import place


@pytest.fixture
def order(cast, tea, honey, now) -> Order:
    return place((tea, 2), (honey, 1), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)
