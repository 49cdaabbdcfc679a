"""Money of an order: what came in, what must go back. Every movement is told once, by its reference."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shop.order import states, stock
from shop.order.models import (
    HouseholdOrder,
    HouseholdOrderState,
    Order,
    Payment,
    PaymentMethod,
    PaymentMovement,
    PaymentState,
)
from shop.order.services import notices
from shop.order.services.history import enter_state


def lock_payment(order: Order) -> Payment:
    return Payment.objects.select_for_update().get(order=order)


@transaction.atomic
def record_card_payment(*, order: Order, amount: int, reference: str, now: datetime) -> Payment:
    """The gateway has the buyer's money: the households are told. Told twice, it counts once.

    Money that comes in after the order was given up is owed back at once.
    """
    parts = _lock_parts(order)
    payment = lock_payment(order)
    if not _record(payment, PaymentMovement.Kind.RECEIVED, amount, reference, now):
        return payment
    payment.received += amount
    for part in parts:
        if part.state == HouseholdOrderState.UNPAID:
            enter_state(part, HouseholdOrderState.NEW, now=now, actor=order.user)
            notices.tell_household_of_new_order(part, part.lines.all(), now)
    _balance(payment, parts)
    return payment


@transaction.atomic
def give_up_unpaid(*, order: Order, now: datetime) -> bool:
    """Cancel an order that waits for a payment and release its stock; False when it was paid meanwhile."""
    parts = _lock_parts(order)
    waiting = [part for part in parts if part.state == HouseholdOrderState.UNPAID]
    if not waiting:
        return False
    payment = lock_payment(order)
    stock.lock_stock(order.lines.exclude(product=None).values_list("product", flat=True))
    for part in waiting:
        enter_state(part, HouseholdOrderState.CANCELLED, now=now)
    _record(payment, PaymentMovement.Kind.CLOSED, 0, str(payment.key), now)
    _balance(payment, parts)
    return True


@transaction.atomic
def pay_cash_instead(*, order: Order, now: datetime) -> Payment:
    """An unpaid card order becomes cash on delivery; a paid one stays as it is."""
    parts = _lock_parts(order)
    payment = lock_payment(order)
    waiting = [part for part in parts if part.state == HouseholdOrderState.UNPAID]
    if not waiting:
        return payment
    payment.method = order.payment_method = PaymentMethod.CASH_ON_DELIVERY
    payment.save(update_fields=["method"])
    order.save(update_fields=["payment_method"])
    for part in waiting:
        enter_state(part, HouseholdOrderState.NEW, now=now, actor=order.user)
        notices.tell_household_of_new_order(part, part.lines.all(), now)
    return payment


@transaction.atomic
def record_refund(*, payment: Payment, amount: int, reference: str, now: datetime) -> Payment:
    """The gateway has returned ``amount``. Told twice, it counts once."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if _record(payment, PaymentMovement.Kind.REFUNDED, amount, reference, now):
        payment.refunded += amount
        _balance(payment, list(payment.order.household_orders.all()))
    return payment


def settle_part(part: HouseholdOrder, now: datetime) -> None:
    """After a step of one part: take in its cash, or owe back what was paid for it."""
    payment = lock_payment(part.order)
    is_cash = part.state == HouseholdOrderState.DELIVERED and payment.method == PaymentMethod.CASH_ON_DELIVERY
    if is_cash and _record(payment, PaymentMovement.Kind.RECEIVED, part.total, part.number, now):
        payment.received += part.total
    _balance(payment, list(part.order.household_orders.all()))


def _lock_parts(order: Order) -> list[HouseholdOrder]:
    return list(
        HouseholdOrder.objects.select_for_update(of=("self",))
        .filter(order=order)
        .select_related("household", "order")
        .order_by("pk")
    )


def _record(payment: Payment, kind: PaymentMovement.Kind, amount: int, reference: str, now: datetime) -> bool:
    _event, is_new = PaymentMovement.objects.get_or_create(
        payment=payment, kind=kind, reference=reference, defaults={"amount": amount, "at": now}
    )
    return is_new


def _balance(payment: Payment, parts: list[HouseholdOrder]) -> None:
    """State from the sums: owed for the parts that stand, received, returned."""
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
