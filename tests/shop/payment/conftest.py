"""A card order that waits for its payment."""

from __future__ import annotations

from typing import Any

import pytest

from shop.order.models import Order
from shop.payment.gateways.interface import GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway
from shop.payment.models import PaymentAttempt, PaymentMethod
from shop.payment.services import start_payment
from tests.factories.orders import place


@pytest.fixture
def order(cast, tea, honey, now) -> Order:
    return place((tea, 2), (honey, 1), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)


@pytest.fixture
def start(order, now):
    """Sends the buyer to the gateway; the attempt that stands for it."""

    def started() -> PaymentAttempt:
        start_payment(order=order, now=now)
        return PaymentAttempt.objects.latest("pk")

    return started


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    """Runs a periodic task with the work that it enqueues; how many pieces it found."""

    def swept(task) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return task()

    return swept


@pytest.fixture
def gateway_down(monkeypatch):
    """A context in which the gateway loses every answer of the named method, after doing what was asked or before."""

    def down(method: str, *, after_doing_it: bool = False):
        real = getattr(PretendGateway, method)

        def lost(self, *args: Any, **kwargs: Any):
            if after_doing_it:
                real(self, *args, **kwargs)
            raise GatewayUnavailable

        context = monkeypatch.context()
        patch = context.__enter__()
        patch.setattr(PretendGateway, method, lost)
        return lambda: context.__exit__(None, None, None)

    return down
