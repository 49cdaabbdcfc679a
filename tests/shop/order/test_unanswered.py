"""An order that its household leaves without an answer ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from core.models import AuditEntry
from households.access import Acting
from messaging.models import OutgoingMessage
from shop.order.links import order_url
from shop.order.models import HouseholdOrderState
from shop.order.services import StepNotAllowed, answer_household_order, remind_of_answer
from shop.order.tasks import sweep_overdue_orders
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import PaymentState, PretendCharge, PretendRefund
from shop.payment.services import settle, start_payment
from shop.payment.tasks import sweep_due_refunds
from tests.factories.orders import place, stock_of
from tests.sign_in import sign_in


@pytest.fixture
def order(cast, tea, honey, now):
    return place((tea, 2), (honey, 1), commune=cast.commune, now=now)


@pytest.fixture
def sweep(now, django_capture_on_commit_callbacks):
    """Runs the periodic task so many hours after the order was placed."""

    def swept(hours: float, task=sweep_overdue_orders) -> None:
        moment = time_machine.travel(now + timedelta(hours=hours), tick=False)
        with moment, django_capture_on_commit_callbacks(execute=True):
            task.delay()

    return swept


def states(order) -> set[str]:
    return set(order.household_orders.values_list("state", flat=True))


def test_it_ends_after_three_days_and_its_stock_is_free_again(order, tea, honey, sweep):
    sweep(71.9)
    assert (states(order), stock_of(tea)) == ({"new"}, (10, 2))
    sweep(72)
    assert states(order) == {HouseholdOrderState.UNANSWERED}
    assert (stock_of(tea), stock_of(honey)) == ((10, 0), (5, 0))
    order.payment.refresh_from_db()
    assert order.payment.state == PaymentState.CLOSED


def test_the_event_says_that_nobody_did_it_and_a_second_sweep_adds_none(order, sweep):
    sweep(72)
    sweep(73)
    part = order.household_orders.first()
    event = part.events.last()
    assert (event.state, event.actor, event.team, part.events.count()) == ("unanswered", None, None, 2)
    assert AuditEntry.objects.filter(action="household_order_unanswered", subject_id=part.pk, actor=None).count() == 1


def test_buyer_and_household_are_told_once(order, cast, sweep):
    sweep(72)
    sweep(73)
    part = order.household_orders.get(household=cast.household)
    told = OutgoingMessage.objects.filter(created_at__gt=order.date_placed)
    to_household = told.filter(phone=cast.household.phone, text__contains=f"{part.number} không được trả lời")
    to_buyer = told.filter(phone=order.buyer_phone, text__contains=f"đơn {part.number} kịp thời")
    assert (to_household.count(), to_buyer.count(), told.count()) == (1, 1, 4)


def test_what_was_answered_stays_and_what_ended_takes_no_answer(order, cast, sweep, now):
    answered, silent = order.household_orders.order_by("pk")
    acting = Acting(cast.head, cast.household)
    answer_household_order(household_order=answered, acting=acting, accept=True, now=now + timedelta(hours=71))
    sweep(100)
    assert states(order) == {"accepted", "unanswered"}
    late = Acting(cast.other_head, cast.other_household)
    with pytest.raises(StepNotAllowed):
        answer_household_order(household_order=silent, acting=late, accept=True, now=now + timedelta(hours=101))


def test_what_was_paid_by_card_goes_back_by_its_gateway(cast, tea, now, sweep):
    order = place((tea, 1), commune=cast.commune, now=now, payment_method="card")
    start_payment(order=order, now=now)
    pay_pretend_charge(PretendCharge.objects.get().reference)
    settle(payment=order.payment, now=now + timedelta(minutes=50))
    sweep(72)
    assert states(order) == {"new"}, "the household was asked once the card had paid"
    sweep(73)
    sweep(74, sweep_due_refunds)
    order.payment.refresh_from_db()
    assert (order.payment.state, order.payment.refunded) == (PaymentState.REFUNDED, order.total)
    assert PretendRefund.objects.get().amount == order.total


def test_both_pages_and_the_reminder_say_until_when_it_waits(client, order, cast, now):
    part = order.household_orders.get(household=cast.household)
    with time_machine.travel(now + timedelta(hours=13), tick=False):
        assert "trước 09:00 17/10/2026" in client.get(order_url(order, now=now)).content.decode()
        sign_in(client, cast.head)
        assert "trước 09:00 17/10/2026" in client.get(f"/don-ho/{part.number}/").content.decode()
    remind_of_answer(household_order=part, now=now + timedelta(hours=13))
    assert "lúc 09:00 17/10" in OutgoingMessage.objects.latest("pk").text
