"""Money that waits: ids in, safe to repeat. A gateway that does not answer is asked again by the next sweep."""

from __future__ import annotations

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.work import enqueue
from shop.order.models import HouseholdOrderState, Order
from shop.order.selectors import may_come_back, unpaid_orders
from shop.payment.gateways.interface import GatewayUnavailable
from shop.payment.models import Payment, PaymentAttempt, PaymentState
from shop.payment.services import close_attempt, close_unpaid, return_money, settle_attempt
from shop.payment.unpaid import TIME_TO_PAY


@shared_task(throws=(GatewayUnavailable,), autoretry_for=(GatewayUnavailable,), retry_backoff=True, max_retries=8)
def settle_payment_attempt(attempt_id: int) -> None:
    settle_attempt(attempt=PaymentAttempt.objects.get(pk=attempt_id), now=timezone.now())


@shared_task(throws=(GatewayUnavailable,))
def close_unpaid_order(order_id: int) -> None:
    order = Order.objects.select_related("payment").get(pk=order_id)
    close_unpaid(order=order, now=timezone.now(), state=HouseholdOrderState.NOT_PAID)


@shared_task(throws=(GatewayUnavailable,))
def close_ended_attempt(attempt_id: int) -> None:
    close_attempt(attempt=PaymentAttempt.objects.get(pk=attempt_id), now=timezone.now())


@shared_task(throws=(GatewayUnavailable,))
def return_due_money(payment_id: int) -> None:
    return_money(payment=Payment.objects.get(pk=payment_id), now=timezone.now())


@shared_task
def sweep_unpaid_orders() -> int:
    """Orders whose time to pay is over: each is looked at on its own, so that one failure stops no other."""
    orders = list(unpaid_orders(timezone.now(), older_than=TIME_TO_PAY).values_list("pk", flat=True))
    for order_id in orders:
        enqueue(close_unpaid_order, order_id)
    return len(orders)


@shared_task
def sweep_abandoned_attempts() -> int:
    """Charges that nobody wants any more and whose gateway has not said yet that they are over, or has news of them."""
    over = (PaymentAttempt.State.ABANDONED, PaymentAttempt.State.FAILED)
    waiting = PaymentAttempt.objects.filter(state__in=over, ended_at=None).exclude(reference="")
    attempts = list(waiting.values_list("pk", flat=True))
    for attempt_id in attempts:
        enqueue(close_ended_attempt, attempt_id)
    return len(attempts)


@shared_task
def sweep_due_refunds() -> int:
    due = Payment.objects.filter(state=PaymentState.REFUND_DUE)
    payments = list(due.filter(~Exists(may_come_back(OuterRef("order"), timezone.now()))).values_list("pk", flat=True))
    for payment_id in payments:
        enqueue(return_due_money, payment_id)
    return len(payments)
