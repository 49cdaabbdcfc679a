"""Money of an order: what came in, what must go back. Every movement is booked once, by its reference.

Household orders are locked before their payment, everywhere.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shop.order import states
from shop.order.models import HouseholdOrderState, Order
from shop.order.services import ask_households, cancel_unpaid, lock_parts
from shop.payment.models import Payment, PaymentMethod, PaymentMovement, PaymentState


def open_payment(*, order: Order, method: PaymentMethod, now: datetime) -> Payment:
    """What the buyer owes for a new order, in the transaction that places it."""
    return Payment.objects.create(order=order, method=method, amount=order.total, created_at=now)


@transaction.atomic
def record_card_payment(*, order: Order, amount: int, reference: str, now: datetime) -> Payment:
    """The gateway has the buyer's money: the households are told. Told twice, it counts once.

    Money that comes in after the order was given up is owed back at once.
    """
    lock_parts(order)
    payment = _lock_payment(order)
    if not _record(payment, PaymentMovement.Kind.RECEIVED, amount, reference, now):
        return payment
    payment.received += amount
    payment.save(update_fields=["received"])
    ask_households(order=order, now=now)
    return _balance(payment)


@transaction.atomic
def give_up_unpaid(*, order: Order, now: datetime) -> bool:
    """Cancel an order that waits for a payment and release its stock; False when it was paid meanwhile."""
    if not cancel_unpaid(order=order, now=now):
        return False
    payment = _lock_payment(order)
    _record(payment, PaymentMovement.Kind.CLOSED, 0, str(payment.key), now)
    return True


@transaction.atomic
def pay_cash_instead(*, order: Order, now: datetime) -> Payment:
    """An unpaid card order becomes cash on delivery; a paid one stays as it is."""
    waits = any(part.state == HouseholdOrderState.UNPAID for part in lock_parts(order))
    payment = _lock_payment(order)
    if waits:
        payment.method = PaymentMethod.CASH_ON_DELIVERY
        payment.save(update_fields=["method"])
        ask_households(order=order, now=now)
    return payment


@transaction.atomic
def record_refund(*, payment: Payment, amount: int, reference: str, now: datetime) -> Payment:
    """The gateway has returned ``amount``. Told twice, it counts once."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if _record(payment, PaymentMovement.Kind.REFUNDED, amount, reference, now):
        payment.refunded += amount
        _balance(payment)
    return payment


def follow_household_orders(*, order: Order, now: datetime, **_signal: Any) -> None:
    """After household orders moved: take in the cash of what was delivered, owe back what was paid for what is lost."""
    payment = _lock_payment(order)
    if payment.method == PaymentMethod.CASH_ON_DELIVERY:
        for part in order.household_orders.filter(state=HouseholdOrderState.DELIVERED):
            if _record(payment, PaymentMovement.Kind.RECEIVED, part.total, part.number, now):
                payment.received += part.total
    _balance(payment)


def _lock_payment(order: Order) -> Payment:
    return Payment.objects.select_for_update().get(order=order)


def _record(payment: Payment, kind: PaymentMovement.Kind, amount: int, reference: str, now: datetime) -> bool:
    _event, is_new = PaymentMovement.objects.get_or_create(
        payment=payment, kind=kind, reference=reference, defaults={"amount": amount, "at": now}
    )
    return is_new


def _balance(payment: Payment) -> Payment:
    """State from the sums: owed for the parts that stand, received, returned."""
    parts = payment.order.household_orders.all()
    owed = sum(part.total for part in parts if HouseholdOrderState(part.state) not in states.LOST)
    payment.refund_due = max(payment.received - payment.refunded - owed, 0)
    if payment.refund_due:
        payment.state = PaymentState.REFUND_DUE
    elif payment.refunded and owed == 0:
        payment.state = PaymentState.REFUNDED
    elif owed == 0:
        payment.state = PaymentState.CLOSED
    elif payment.received - payment.refunded >= owed:
        payment.state = PaymentState.PAID
    else:
        payment.state = PaymentState.PENDING
    payment.save(update_fields=["state", "received", "refunded", "refund_due"])
    return payment
