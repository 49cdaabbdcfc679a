"""What waits is not forgotten: reminders once a day, unpaid orders given up, refunds sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from marketplace.celery import app
from messaging.models import OutgoingMessage
from shop.order.models import HouseholdOrderState
from shop.order.services import cancel_household_order
from shop.order.tasks import sweep_final_declines, sweep_overdue_orders, sweep_unanswered_orders
from shop.payment.booking import give_up_unpaid, record_charge
from shop.payment.gateways.interface import Charge, ChargeState
from shop.payment.models import PaymentAttempt, PaymentState, PretendCharge
from shop.payment.services import start_payment
from shop.payment.tasks import sweep_abandoned_attempts, sweep_due_refunds, sweep_unpaid_orders
from tests.factories.orders import place, stock_of

SWEEPS = (
    sweep_unanswered_orders,
    sweep_overdue_orders,
    sweep_final_declines,
    sweep_unpaid_orders,
    sweep_abandoned_attempts,
    sweep_due_refunds,
)


def reminders() -> int:
    return OutgoingMessage.objects.filter(key__startswith="order-remind:").count()


def test_an_unanswered_order_is_reminded_of_once_a_day(cast, tea, now, django_capture_on_commit_callbacks):
    place((tea, 1), commune=cast.commune, now=now)
    counts = []
    for hours in (11, 13, 14, 37):
        moment = time_machine.travel(now + timedelta(hours=hours), tick=False)
        with moment, django_capture_on_commit_callbacks(execute=True):
            sweep_unanswered_orders.delay()
        counts.append(reminders())
    assert counts == [0, 1, 1, 2]


def test_an_answered_order_is_not_reminded_of(cast, tea, now, django_capture_on_commit_callbacks):
    cancel_household_order(
        household_order=place((tea, 1), commune=cast.commune, now=now).household_orders.get(), now=now
    )
    moment = time_machine.travel(now + timedelta(hours=20), tick=False)
    with moment, django_capture_on_commit_callbacks(execute=True):
        sweep_unanswered_orders.delay()
    assert reminders() == 0


@pytest.fixture
def card_order(cast, tea, now):
    return place((tea, 4), commune=cast.commune, now=now, payment_method="card")


def test_an_order_unpaid_for_twenty_minutes_is_given_up(card_order, tea, now, django_capture_on_commit_callbacks):
    kept = []
    for minutes in (19, 20, 21):
        moment = time_machine.travel(now + timedelta(minutes=minutes), tick=False)
        with moment, django_capture_on_commit_callbacks(execute=True):
            sweep_unpaid_orders.delay()
        kept.append(stock_of(tea)[1])
    assert kept == [4, 0, 0]
    assert card_order.household_orders.get().state == HouseholdOrderState.NOT_PAID


def test_a_refund_that_cannot_be_sent_waits_for_the_next_sweep(
    card_order, now, caplog, django_capture_on_commit_callbacks
):
    start_payment(order=card_order, now=now)
    give_up_unpaid(order=card_order, now=now)
    attempt = PaymentAttempt.objects.get()
    record_charge(attempt=attempt, charge=Charge(ChargeState.PAID, card_order.total, attempt.reference), now=now)
    PretendCharge.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        sweep_due_refunds.delay()
    assert "shop.payment.tasks.return_due_money" in caplog.text
    card_order.payment.refresh_from_db()
    assert (card_order.payment.state, card_order.payment.refunded) == (PaymentState.REFUND_DUE, 0)


def test_every_sweep_is_on_the_schedule():
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled >= {sweep.name for sweep in SWEEPS}
