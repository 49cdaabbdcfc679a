"""No order paid without its parts going out, no money kept without an order: however notices come."""

from __future__ import annotations

import pytest

from households.access import Acting
from messaging.models import OutgoingMessage
from shop.order.models import HouseholdOrderState
from shop.order.services import answer_household_order, cancel_household_order, mark_delivered, mark_sent
from shop.payment.booking import PaymentIsOver, give_up_unpaid
from shop.payment.gateways.interface import GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway, pay_pretend_charge
from shop.payment.gateways.registry import card_gateway_name
from shop.payment.models import Payment, PaymentAttempt, PaymentState, PretendCharge, PretendRefund
from shop.payment.services import close_unpaid, return_money, settle, start_payment, switch_to_cash
from tests.factories.orders import past_taking_back, place, stock_of


def started(order) -> PretendCharge:
    start_payment(order=order, now=order.date_placed)
    return PretendCharge.objects.get(reference=PaymentAttempt.objects.latest("pk").reference)


def states(order) -> set[str]:
    return set(order.household_orders.values_list("state", flat=True))


def test_the_households_learn_of_a_card_order_only_when_it_is_paid(order, now, cast):
    assert states(order) == {HouseholdOrderState.UNPAID}
    assert not OutgoingMessage.objects.filter(phone=cast.household.phone).exists()
    pay_pretend_charge(started(order).reference)
    payment = settle(payment=order.payment, now=now)
    assert (payment.state, payment.received) == (PaymentState.PAID, order.total)
    assert states(order) == {HouseholdOrderState.NEW}
    assert OutgoingMessage.objects.filter(phone=cast.household.phone).count() == 1


def test_a_notice_told_three_times_counts_once(order, now):
    pay_pretend_charge(started(order).reference)
    for _notice in range(3):
        settle(payment=order.payment, now=now)
    payment = Payment.objects.get(order=order)
    assert (payment.received, payment.movements.count()) == (order.total, 1)


def test_starting_twice_opens_one_charge(order):
    assert started(order) == started(order)
    assert PretendCharge.objects.count() == 1


def test_nothing_is_booked_for_a_charge_nobody_paid(order, now):
    started(order)
    assert settle(payment=order.payment, now=now).state == PaymentState.PENDING


def test_an_unpaid_order_is_given_up_and_its_stock_released(order, now, tea):
    charge = started(order)
    assert close_unpaid(order=order, now=now) is True
    charge.refresh_from_db()
    order.payment.refresh_from_db()
    assert (charge.state, order.payment.state) == ("closed", PaymentState.CLOSED)
    assert (states(order), stock_of(tea)) == ({HouseholdOrderState.CANCELLED}, (10, 0))


def test_a_buyer_who_pays_at_the_last_moment_keeps_the_order(order, now, tea):
    pay_pretend_charge(started(order).reference)
    assert close_unpaid(order=order, now=now) is False
    assert (states(order), stock_of(tea)) == ({HouseholdOrderState.NEW}, (10, 2))


def test_a_given_up_order_cannot_be_paid_any_more(order, now):
    close_unpaid(order=order, now=now)
    order.payment.refresh_from_db()
    with pytest.raises(PaymentIsOver):
        start_payment(order=order, now=now)


def test_an_order_given_up_while_the_gateway_answered_leaves_no_open_charge(order, now, monkeypatch):
    real = PretendGateway.start

    def slow(self, request):
        started = real(self, request)
        give_up_unpaid(order=order, now=now)
        return started

    monkeypatch.setattr(PretendGateway, "start", slow)
    with pytest.raises(PaymentIsOver):
        start_payment(order=order, now=now)
    assert PretendCharge.objects.get().state == "closed"


def test_money_that_comes_for_a_given_up_order_goes_back(order, now):
    charge = started(order)
    give_up_unpaid(order=order, now=now)
    pay_pretend_charge(charge.reference)
    payment = settle(payment=order.payment, now=now)
    assert (payment.state, payment.refund_due) == (PaymentState.REFUND_DUE, order.total)
    payment = return_money(payment=payment, now=past_taking_back(now))
    charge.refresh_from_db()
    assert (payment.state, charge.refunded) == (PaymentState.REFUNDED, order.total)


def test_a_declined_part_is_returned_once_and_the_rest_stays_paid(order, now, cast):
    pay_pretend_charge(started(order).reference)
    settle(payment=order.payment, now=now)
    part = order.household_orders.get(household=cast.household)
    acting = Acting(cast.head, cast.household)
    answer_household_order(household_order=part, acting=acting, accept=False, reason="Mưa", now=now)
    payment = Payment.objects.get(order=order)
    assert (payment.state, payment.refund_due) == (PaymentState.REFUND_DUE, part.total)
    for _sweep in range(2):
        payment = return_money(payment=Payment.objects.get(order=order), now=past_taking_back(now))
    assert (payment.state, payment.refunded) == (PaymentState.PAID, part.total)
    assert PretendRefund.objects.count() == 1


def test_a_refund_repeated_after_a_crash_is_the_same_refund(order, now, cast, monkeypatch):
    pay_pretend_charge(started(order).reference)
    settle(payment=order.payment, now=now)
    cancel_household_order(household_order=order.household_orders.first(), now=now)
    payment = Payment.objects.get(order=order)
    monkeypatch.setattr("shop.payment.services.record_refund", _crash)
    with pytest.raises(ConnectionError):
        return_money(payment=payment, now=past_taking_back(now))
    monkeypatch.undo()
    return_money(payment=Payment.objects.get(order=order), now=past_taking_back(now))
    assert PretendRefund.objects.count() == 1


def _crash(**_anything: object) -> None:
    raise ConnectionError


def test_the_buyer_pays_cash_instead(order, now):
    charge = started(order)
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    charge.refresh_from_db()
    order.refresh_from_db()
    assert (charge.state, order.payment.method) == ("closed", "cash_on_delivery")
    assert states(order) == {HouseholdOrderState.NEW}


def test_a_gateway_that_does_not_answer_gives_nothing_up(order, now, settings, tea):
    started(order)
    PretendCharge.objects.all().delete()
    with pytest.raises(GatewayUnavailable):
        close_unpaid(order=order, now=now)
    assert (states(order), stock_of(tea)) == ({HouseholdOrderState.UNPAID}, (10, 2))


def test_cash_is_received_part_by_part(cast, tea, honey, now):
    order = place((tea, 1), (honey, 1), commune=cast.commune, now=now)
    received = []
    for household, head in [(cast.household, cast.head), (cast.other_household, cast.other_head)]:
        part, acting = order.household_orders.get(household=household), Acting(head, household)
        answer_household_order(household_order=part, acting=acting, accept=True, now=now)
        mark_sent(household_order=part, acting=acting, now=now)
        mark_delivered(household_order=part, acting=acting, now=now)
        payment = Payment.objects.get(order=order)
        received.append((payment.state, payment.received))
    first = order.household_orders.get(household=cast.household).total
    assert received == [(PaymentState.PENDING, first), (PaymentState.PAID, order.total)]


def test_cash_on_delivery_needs_no_page_of_its_own(cast, tea, now):
    order = place((tea, 1), commune=cast.commune, now=now)
    with pytest.raises(PaymentIsOver):
        start_payment(order=order, now=now)


def test_without_a_card_gateway_a_card_cannot_be_charged(settings):
    settings.CARD_GATEWAY = ""
    with pytest.raises(GatewayUnavailable):
        card_gateway_name()
