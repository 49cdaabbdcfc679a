"""Each try at a gateway is settled and refunded by the gateway that issued its reference, whatever comes first.

``tab`` is an address at the gateway that stays open in the buyer's browser.
"""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from households.access import Acting
from messaging.models import OutgoingMessage
from shop.order.models import HouseholdOrderState
from shop.order.services import answer_household_order, cancel_household_order, mark_delivered, mark_sent
from shop.payment.booking import PaymentIsOver, open_attempt, record_notice
from shop.payment.gateways.interface import GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway, pay_pretend_charge
from shop.payment.models import (
    PaymentAttempt,
    PaymentMethod,
    PaymentState,
    PretendCharge,
)
from shop.payment.services import close_unpaid, return_money, settle, settle_attempt, start_payment, switch_to_cash
from shop.payment.tasks import sweep_abandoned_attempts, sweep_due_refunds
from tests.factories.orders import past_taking_back, stock_of
from tests.shop.payment.tabs import pay, payment_of, states

State = PaymentAttempt.State


def send_all(order, cast, now, *, deliver: bool = False) -> None:
    for household, head in [(cast.household, cast.head), (cast.other_household, cast.other_head)]:
        part, acting = order.household_orders.get(household=household), Acting(head, household)
        answer_household_order(household_order=part, acting=acting, accept=True, now=now)
        mark_sent(household_order=part, acting=acting, now=now)
        if deliver:
            mark_delivered(household_order=part, acting=acting, now=now)


def test_a_buyer_who_paid_before_switching_to_cash_has_paid_by_card(order, now, start):
    pay(start())
    payment = switch_to_cash(order=order, phone_is_proven=True, now=now)
    assert (payment.method, payment.state, payment.received) == ("card", PaymentState.PAID, order.total)
    assert states(order) == {HouseholdOrderState.NEW}


def test_switching_to_cash_closes_the_charge_in_the_other_tab(order, now, start):
    tab = start()
    assert switch_to_cash(order=order, phone_is_proven=True, now=now).is_cash
    tab.refresh_from_db()
    assert (tab.state, tab.ended_at) == (State.ABANDONED, now)
    assert pay_pretend_charge(tab.reference).state == "closed"


def test_card_money_after_the_switch_pays_an_order_that_has_not_left(order, cast, now, start):
    tab = start()
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    payment = payment_of(order)
    assert (payment.method, payment.state, payment.refund_due) == ("card", PaymentState.PAID, 0)
    told = OutgoingMessage.objects.filter(key__startswith="order-paid-by-card:")
    assert set(told.values_list("phone", flat=True)) == {cast.household.phone, cast.other_household.phone}


@pytest.mark.parametrize("delivered", [False, True])
def test_card_money_for_cash_goods_that_have_left_goes_back_to_the_card(order, cast, now, start, sweep, delivered):
    tab = start()
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    send_all(order, cast, now, deliver=delivered)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    payment = payment_of(order)
    assert (payment.method, payment.state, payment.refund_due) == (
        "cash_on_delivery",
        PaymentState.REFUND_DUE,
        order.total,
    )
    sweep(sweep_due_refunds)
    payment.refresh_from_db()
    assert PretendCharge.objects.get().refunded == order.total
    assert payment.state == (PaymentState.PAID if delivered else PaymentState.PENDING)
    assert payment.received - payment.refunded == (order.total if delivered else 0)


def test_one_part_that_has_left_is_enough_to_stay_with_cash(order, cast, now, start):
    tab = start()
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    part, acting = order.household_orders.get(household=cast.household), Acting(cast.head, cast.household)
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, now=now)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    assert (payment_of(order).is_cash, payment_of(order).refund_due) == (True, order.total)


def test_money_for_a_cash_order_that_was_cancelled_meanwhile_goes_back(order, now, start, tea):
    tab = start()
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    for part in order.household_orders.all():
        cancel_household_order(household_order=part, now=now)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    payment = return_money(payment=payment_of(order), now=past_taking_back(now))
    assert (payment.state, payment.refunded, stock_of(tea)) == (PaymentState.REFUNDED, order.total, (10, 0))


def test_money_for_an_order_that_was_given_up_goes_back(order, now, start):
    tab = start()
    close_unpaid(order=order, now=now)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    payment = return_money(payment=payment_of(order), now=past_taking_back(now))
    assert (payment.state, payment.refunded) == (PaymentState.REFUNDED, order.total)


def test_a_card_refund_after_the_money_won_over_cash(order, now, start):
    tab = start()
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    part = order.household_orders.first()
    cancel_household_order(household_order=part, now=now)
    payment = return_money(payment=payment_of(order), now=past_taking_back(now))
    assert (payment.state, payment.refunded) == (PaymentState.PAID, part.total)
    assert PretendCharge.objects.get().refunded == part.total


@pytest.mark.parametrize("first", ["notice", "return page"])
def test_the_notice_and_the_return_page_book_once_in_either_order(order, now, start, first):
    tab = start()
    pay(tab)
    ways = [lambda: settle_attempt(attempt=tab, now=now), lambda: settle(payment=payment_of(order), now=now)]
    for way in ways if first == "notice" else reversed(ways):
        way()
    payment = payment_of(order)
    assert (payment.received, payment.movements.count(), payment.state) == (order.total, 1, PaymentState.PAID)


def test_a_notice_told_again_after_the_refund_books_nothing(order, now, start):
    tab = start()
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    for part in order.household_orders.all():
        cancel_household_order(household_order=part, now=now)
    return_money(payment=payment_of(order), now=past_taking_back(now))
    settle_attempt(attempt=tab, now=now)
    payment = payment_of(order)
    assert (payment.received, payment.refunded, payment.state) == (order.total, order.total, PaymentState.REFUNDED)
    assert AuditEntry.objects.filter(action="receive_card_payment").count() == 1
    assert AuditEntry.objects.filter(action="return_card_payment").count() == 1


def test_a_second_tab_goes_to_the_same_charge(order, start):
    assert start() == start()
    assert PretendCharge.objects.count() == 1


def test_a_charge_that_expired_at_the_gateway_is_followed_by_another(order, start):
    first = start()
    PretendCharge.objects.update(state=PretendCharge.State.CLOSED)
    second = start()
    first.refresh_from_db()
    assert (first.state, second.state) == (State.FAILED, State.STARTED)
    assert first.reference != second.reference


def test_two_attempts_that_are_both_paid_keep_one_and_return_the_later(order, now, start):
    first = start()
    PretendCharge.objects.update(state=PretendCharge.State.CLOSED)
    second = start()
    pay(first)
    settle_attempt(attempt=first, now=now)
    pay(second)
    settle_attempt(attempt=second, now=now)
    payment = payment_of(order)
    assert (payment.received, payment.refund_due) == (2 * order.total, order.total)
    payment = return_money(payment=payment, now=past_taking_back(now))
    assert payment.state == PaymentState.PAID
    refunded = {str(charge.reference): charge.refunded for charge in PretendCharge.objects.all()}
    assert refunded == {first.reference: 0, second.reference: order.total}


def test_a_whole_refund_of_two_paid_attempts_goes_back_to_each(order, now, start):
    first = start()
    PretendCharge.objects.update(state=PretendCharge.State.CLOSED)
    second = start()
    for tab in (first, second):
        pay(tab)
        settle_attempt(attempt=tab, now=now)
    for part in order.household_orders.all():
        cancel_household_order(household_order=part, now=now)
    return_money(payment=payment_of(order), now=past_taking_back(now))
    assert list(PretendCharge.objects.values_list("refunded", flat=True)) == [order.total, order.total]


def test_the_gateway_that_issued_the_reference_settles_and_refunds(order, now, start, settings):
    """New charges go to Stripe by now; this one is the pretend service's."""
    tab = start()
    pay(tab)
    settings.CARD_GATEWAY, settings.STRIPE_SECRET_KEY = "stripe", "sk_test_1"
    settle(payment=payment_of(order), now=now)
    for part in order.household_orders.all():
        cancel_household_order(household_order=part, now=now)
    assert return_money(payment=payment_of(order), now=past_taking_back(now)).state == PaymentState.REFUNDED


def test_an_answer_lost_at_the_start_is_asked_for_again_with_the_same_key(order, now, start, gateway_down):
    up = gateway_down("start", after_doing_it=True)
    with pytest.raises(GatewayUnavailable):
        start()
    up()
    attempt = start()
    assert (PaymentAttempt.objects.count(), PretendCharge.objects.count()) == (1, 1)
    assert str(attempt.key) == PretendCharge.objects.get().key


def test_the_buyer_pays_cash_while_the_gateway_does_not_answer(order, now, start, gateway_down, sweep):
    tab = start()
    up = gateway_down("close")
    assert switch_to_cash(order=order, phone_is_proven=True, now=now).is_cash
    tab.refresh_from_db()
    assert (tab.state, tab.ended_at) == (State.ABANDONED, None)
    assert states(order) == {HouseholdOrderState.NEW}
    up()
    assert sweep(sweep_abandoned_attempts) == 1
    assert PretendCharge.objects.get().state == "closed"
    assert sweep(sweep_abandoned_attempts) == 0


def test_money_that_no_notice_told_of_is_found_by_the_sweep(order, now, start, gateway_down, sweep):
    tab = start()
    up = gateway_down("close")
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    up()
    pay(tab)
    sweep(sweep_abandoned_attempts)
    assert (payment_of(order).method, payment_of(order).state) == (PaymentMethod.CARD, PaymentState.PAID)


@pytest.mark.parametrize("ended_as", [State.ABANDONED, State.FAILED])
def test_a_notice_that_could_not_be_followed_is_found_by_the_sweep(order, now, start, sweep, ended_as):
    tab = start()
    PretendCharge.objects.update(state=PretendCharge.State.CLOSED)
    if ended_as == State.FAILED:
        settle_attempt(attempt=tab, now=now)
    else:
        switch_to_cash(order=order, phone_is_proven=True, now=now)
    assert sweep(sweep_abandoned_attempts) == 0
    pay(tab)
    assert record_notice(gateway="pretend", reference=tab.reference) == tab
    assert sweep(sweep_abandoned_attempts) == 1
    assert payment_of(order).state == PaymentState.PAID


def test_a_switch_while_the_gateway_answers_leaves_no_open_charge(order, now, monkeypatch):
    real = PretendGateway.start

    def slow(self, request):
        started = real(self, request)
        switch_to_cash(order=order, phone_is_proven=True, now=now)
        return started

    monkeypatch.setattr(PretendGateway, "start", slow)
    with pytest.raises(PaymentIsOver):
        start_payment(order=order, now=now)
    assert (PretendCharge.objects.get().state, payment_of(order).is_cash) == ("closed", True)


def test_only_one_attempt_is_started_at_a_time(order, now):
    assert open_attempt(payment=order.payment, gateway="pretend", now=now) == open_attempt(
        payment=order.payment, gateway="pretend", now=now
    )


def test_less_money_than_asked_for_does_not_release_the_goods(order, now, start):
    tab = start()
    PretendCharge.objects.update(amount=1000)
    pay(tab)
    settle_attempt(attempt=tab, now=now)
    assert (payment_of(order).state, states(order)) == (PaymentState.PENDING, {HouseholdOrderState.UNPAID})
    close_unpaid(order=order, now=now)
    assert return_money(payment=payment_of(order), now=past_taking_back(now)).refunded == 1000
