"""Two tabs, a notice and a sweep at the same moment, on real connections: money is booked once and returned once."""

from __future__ import annotations

from functools import partial

import pytest

from households.places.index import forget_places
from shop.order.models import HouseholdOrderState, Order
from shop.order.services import cancel_household_order
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import Payment, PaymentAttempt, PaymentMethod, PaymentState, PretendCharge, PretendRefund
from shop.payment.services import close_unpaid, return_money, settle, settle_attempt, start_payment, switch_to_cash
from tests.factories.orders import make_listing, make_tariff, past_taking_back, place, stock_of
from tests.real_database import compete

pytestmark = pytest.mark.concurrency


@pytest.fixture
def tea(cast, now):
    forget_places()
    make_tariff(now)
    return make_listing(cast.household, stock=5)


@pytest.fixture
def order(cast, tea, now) -> Order:
    return place((tea, 2), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)


@pytest.fixture
def tab(order, now) -> PaymentAttempt:
    """The buyer stands at the card page."""
    start_payment(order=order, now=now)
    return PaymentAttempt.objects.get()


def fresh(order: Order) -> Order:
    """As a request of its own reads it."""
    return Order.objects.select_related("payment").get(pk=order.pk)


def require_no_errors(results: list[object]) -> None:
    assert [result for result in results if isinstance(result, BaseException)] == []


def test_six_clicks_open_one_charge(order, now):
    results = compete([partial(start_payment, order=fresh(order), now=now) for _click in range(6)])
    require_no_errors(results)
    assert (len(set(results)), PaymentAttempt.objects.count(), PretendCharge.objects.count()) == (1, 1, 1)


def test_notices_and_return_pages_at_once_book_the_money_once(order, tab, now):
    pay_pretend_charge(tab.reference)
    notices = [partial(settle_attempt, attempt=tab, now=now) for _notice in range(4)]
    pages = [partial(settle, payment=fresh(order).payment, now=now) for _page in range(4)]
    require_no_errors(compete([*notices, *pages]))
    payment = Payment.objects.get()
    assert (payment.received, payment.movements.count(), payment.state) == (order.total, 1, PaymentState.PAID)
    assert order.household_orders.get().events.filter(state=HouseholdOrderState.NEW).count() == 1


@pytest.mark.parametrize("_again", range(3))
def test_paying_by_card_and_switching_to_cash_at_once_leave_one_way_to_pay(order, tab, now, _again):
    def pay_in_the_first_tab() -> None:
        pay_pretend_charge(tab.reference)
        settle_attempt(attempt=tab, now=now)

    choose_cash = partial(switch_to_cash, order=fresh(order), phone_is_proven=True, now=now)
    require_no_errors(compete([pay_in_the_first_tab, choose_cash]))
    payment, charge = Payment.objects.get(), PretendCharge.objects.get()
    by_card = (payment.method, payment.state, payment.received) == ("card", PaymentState.PAID, order.total)
    by_cash = (payment.method, payment.state, payment.received) == ("cash_on_delivery", PaymentState.PENDING, 0)
    assert by_card if charge.state == "paid" else by_cash
    assert order.household_orders.get().state == HouseholdOrderState.NEW


@pytest.mark.parametrize("_again", range(3))
def test_paying_and_giving_up_at_once_leave_no_money_without_an_order(order, tab, tea, now, _again):
    def pay_in_the_first_tab() -> None:
        pay_pretend_charge(tab.reference)
        settle_attempt(attempt=tab, now=now)

    require_no_errors(compete([pay_in_the_first_tab, partial(close_unpaid, order=fresh(order), now=now)]))
    charge, part = PretendCharge.objects.get(), order.household_orders.get()
    is_paid = charge.state == "paid"
    assert part.state == (HouseholdOrderState.NEW if is_paid else HouseholdOrderState.CANCELLED)
    assert stock_of(tea) == (5, 2 if is_paid else 0)
    assert Payment.objects.get().received == (order.total if is_paid else 0)


def test_switching_to_cash_and_giving_up_at_once_end_in_one_of_them(order, tab, tea, now):
    choose_cash = partial(switch_to_cash, order=fresh(order), phone_is_proven=True, now=now)
    jobs = [choose_cash, partial(close_unpaid, order=fresh(order), now=now)]
    require_no_errors(compete(jobs))
    part, payment = order.household_orders.get(), Payment.objects.get()
    assert (part.state, payment.state, stock_of(tea)) in [
        (HouseholdOrderState.NEW, PaymentState.PENDING, (5, 2)),
        (HouseholdOrderState.CANCELLED, PaymentState.CLOSED, (5, 0)),
    ]
    assert not PaymentAttempt.objects.filter(ended_at=None).exists()


def test_sweeps_at_once_return_the_money_once(order, tab, now):
    pay_pretend_charge(tab.reference)
    settle_attempt(attempt=tab, now=now)
    cancel_household_order(household_order=order.household_orders.get(), now=now)
    require_no_errors(
        compete([partial(return_money, payment=fresh(order).payment, now=past_taking_back(now)) for _sweep in range(5)])
    )
    payment = Payment.objects.get()
    assert (payment.refunded, payment.refund_due, payment.state) == (order.total, 0, PaymentState.REFUNDED)
    assert (PretendRefund.objects.count(), PretendCharge.objects.get().refunded) == (1, order.total)


def test_late_notices_of_an_abandoned_charge_pay_the_order_once(order, tab, now):
    switch_to_cash(order=order, phone_is_proven=True, now=now)
    PretendCharge.objects.update(state=PretendCharge.State.PAID)
    require_no_errors(compete([partial(settle_attempt, attempt=tab, now=now) for _notice in range(5)]))
    payment = Payment.objects.get()
    assert (payment.method, payment.received, payment.state) == ("card", order.total, PaymentState.PAID)
