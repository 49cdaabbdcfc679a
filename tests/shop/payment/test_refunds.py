"""A refund is fixed before it is asked for, sent once, and goes to the gateway that holds the money."""

from __future__ import annotations

import pytest

from shop.order.services import cancel_household_order
from shop.payment.booking import open_refund, record_refund
from shop.payment.gateways.interface import GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway
from shop.payment.models import (
    PaymentAttempt,
    PaymentState,
    PretendCharge,
    PretendRefund,
    RefundAttempt,
)
from shop.payment.services import return_money, settle
from tests.factories.orders import past_taking_back
from tests.shop.payment.tabs import pay, payment_of

State = PaymentAttempt.State


@pytest.fixture
def paid(order, now, start):
    pay(start())
    return settle(payment=payment_of(order), now=now)


def test_a_refund_is_sent_once_however_often_it_is_asked_for(order, now, paid):
    part = order.household_orders.first()
    cancel_household_order(household_order=part, now=now)
    for _sweep in range(3):
        return_money(payment=payment_of(order), now=past_taking_back(now))
    assert (PretendRefund.objects.count(), PretendCharge.objects.get().refunded) == (1, part.total)


def test_a_refund_that_two_sweeps_have_sent_at_once_is_booked_once(order, now, paid):
    part = order.household_orders.first()
    cancel_household_order(household_order=part, now=now)
    first, second = (open_refund(payment=payment_of(order), now=past_taking_back(now)) for _sweep in range(2))
    assert first == second
    for refund in (first, second):
        record_refund(refund=refund, reference="refund-1", now=past_taking_back(now))
    assert (payment_of(order).refunded, PaymentAttempt.objects.get().refunded) == (part.total, part.total)
    assert open_refund(payment=payment_of(order), now=past_taking_back(now)) is None


def test_the_key_of_a_refund_names_the_charge_what_was_returned_before_and_the_amount(order, now, paid):
    first, second = order.household_orders.order_by("pk")
    for part in (first, second):
        cancel_household_order(household_order=part, now=now)
        return_money(payment=payment_of(order), now=past_taking_back(now))
    key = PaymentAttempt.objects.get().key
    assert list(PretendRefund.objects.order_by("pk").values_list("key", "amount")) == [
        (f"{key}-0-{first.total}", first.total),
        (f"{key}-{first.total}-{second.total}", second.total),
    ]


@pytest.mark.parametrize("done", [True, False])
def test_a_refund_whose_answer_was_lost_is_finished_before_what_became_due_since(order, now, paid, gateway_down, done):
    """Otherwise the sum of both would be asked for under another key, on top of what the gateway has returned."""
    first, second = order.household_orders.order_by("pk")
    cancel_household_order(household_order=first, now=now)
    up = gateway_down("refund", after_doing_it=done)
    with pytest.raises(GatewayUnavailable):
        return_money(payment=payment_of(order), now=past_taking_back(now))
    up()
    cancel_household_order(household_order=second, now=now)
    payment = return_money(payment=payment_of(order), now=past_taking_back(now))
    assert (payment.state, payment.refunded) == (PaymentState.REFUNDED, order.total)
    assert list(PretendRefund.objects.order_by("pk").values_list("amount", flat=True)) == [first.total, second.total]
    assert set(RefundAttempt.objects.values_list("state", flat=True)) == {RefundAttempt.State.SETTLED}


def test_a_key_that_comes_back_with_another_amount_is_refused(order, paid):
    gateway, attempt = PretendGateway(), PaymentAttempt.objects.get()
    gateway.refund(receipt=attempt.receipt, amount=1000, key="k")
    with pytest.raises(GatewayUnavailable):
        gateway.refund(receipt=attempt.receipt, amount=2000, key="k")
    assert PretendCharge.objects.get().refunded == 1000
