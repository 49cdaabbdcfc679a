"""Money of an order: what came in, what must go back. One transaction each; no gateway is called here.

Which money is kept and which goes back: docs/adr/0028.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from shop.order import states
from shop.order.models import HouseholdOrder, HouseholdOrderState, Order
from shop.order.notices import tell_household_of_card_payment
from shop.order.selectors import may_come_back
from shop.order.services import ask_households, end_unpaid, lock_parts
from shop.payment.gateways.interface import Charge
from shop.payment.models import (
    Payment,
    PaymentAttempt,
    PaymentMethod,
    PaymentMovement,
    PaymentState,
    RefundAttempt,
)

LEFT_THE_HOUSE = frozenset({HouseholdOrderState.SENT, HouseholdOrderState.DELIVERED})
State = PaymentAttempt.State
Kind = PaymentMovement.Kind


class PaymentIsOver(DomainError):
    """The order was paid, given up, or is paid in cash meanwhile."""

    code = "payment_is_over"

    def __init__(self) -> None:
        super().__init__(_("This order needs no payment now."))


class MoneyWentBack(DomainError):
    """What was paid for the part is on its way back to the card."""

    code = "money_went_back"

    def __init__(self) -> None:
        super().__init__(_("This can no longer be taken back: the money is on its way back to the card."))


def open_payment(*, order: Order, method: PaymentMethod, now: datetime) -> Payment:
    """What the buyer owes for a new order, in the transaction that places it."""
    return Payment.objects.create(order=order, method=method, amount=order.total, created_at=now)


@in_transaction
def open_attempt(*, payment: Payment, gateway: str, now: datetime) -> PaymentAttempt:
    """The started attempt of a payment that waits for a card, or a new one at ``gateway``. Raises PaymentIsOver."""
    payment = lock_row(Payment.objects.all(), pk=payment.pk)
    if not payment.waits_for_card:
        raise PaymentIsOver
    started = payment.attempts.filter(state=State.STARTED).first()
    return started or payment.attempts.create(gateway=gateway, amount=payment.amount, started_at=now)


@in_transaction
def record_reference(*, attempt: PaymentAttempt, reference: str) -> bool:
    """Keep the gateway's name for the charge; False when nobody wants it any more, and it is to be closed."""
    payment = lock_row(Payment.objects.all(), pk=attempt.payment_id)
    attempt.refresh_from_db()
    if attempt.reference != reference:
        attempt.reference, attempt.ended_at = reference, None
        attempt.save(update_fields=["reference", "ended_at"])
    return attempt.state == State.STARTED and payment.waits_for_card


def record_notice(*, gateway: str, reference: str) -> PaymentAttempt | None:
    """The attempt that a gateway has news of, kept to be asked after by a sweep if nobody else does. None: not ours."""
    attempts = PaymentAttempt.objects.filter(gateway=gateway, reference=reference)
    attempts.exclude(state=State.SETTLED).update(ended_at=None)
    return attempts.first()


@in_transaction
def record_charge(*, attempt: PaymentAttempt, charge: Charge, now: datetime) -> Payment:
    """A gateway has the buyer's money, for whatever attempt: it is booked. Told twice, it counts once.

    It pays an order that waits for a card. An order meanwhile paid in cash becomes paid by card if nothing of it has
    left its households: they are told to collect nothing. All other money is owed back at once.
    """
    order = attempt.payment.order
    parts = lock_parts(order)
    payment = _lock_payment(order)
    attempt = payment.attempts.get(pk=attempt.pk)
    if attempt.state == State.SETTLED:
        return payment
    before, attempt.state = attempt.state, State.SETTLED
    attempt.receipt, attempt.received, attempt.ended_at = charge.receipt, charge.amount, now
    attempt.save(update_fields=["state", "receipt", "received", "ended_at"])
    _move(payment, attempt, Kind.RECEIVED, charge.amount, charge.receipt, now)
    audit.record(
        action="receive_card_payment",
        subject=payment,
        now=now,
        changes={"attempt": [before, attempt.state], "received": [payment.received - charge.amount, payment.received]},
    )
    standing = _standing(parts)
    if payment.is_cash and standing and not any(part.state in LEFT_THE_HOUSE for part in standing):
        _change_method(payment, PaymentMethod.CARD, now)
        for part in standing:
            tell_household_of_card_payment(part, now)
    _balance(payment)
    if not payment.is_cash and payment.state != PaymentState.PENDING and ask_households(order=order, now=now):
        payment.refresh_from_db()
    return payment


@in_transaction
def record_end(*, attempt: PaymentAttempt, state: PaymentAttempt.State, now: datetime) -> None:
    """The gateway has said that no money comes from this attempt; ``state`` is FAILED, or ABANDONED if we ended it."""
    lock_row(Payment.objects.all(), pk=attempt.payment_id)
    attempt.refresh_from_db()
    if attempt.state != State.SETTLED:
        attempt.state = state if attempt.state == State.STARTED else attempt.state
        attempt.ended_at = attempt.ended_at or now
        attempt.save(update_fields=["state", "ended_at"])


@in_transaction
def give_up_unpaid(*, order: Order, now: datetime, state: HouseholdOrderState = HouseholdOrderState.CANCELLED) -> bool:
    """End an order that waits for a payment and release its stock; False when it was paid meanwhile.

    ``state``: CANCELLED by the buyer, or NOT_PAID in time.
    """
    if not end_unpaid(order=order, state=state, now=now):
        return False
    payment = _lock_payment(order)
    _abandon(payment, now)
    _move(payment, None, Kind.CLOSED, 0, str(payment.key), now)
    audit.record(action="give_up_payment", subject=payment, now=now)
    return True


@in_transaction
def pay_cash_instead(*, order: Order, now: datetime) -> Payment:
    """An unpaid card order becomes cash on delivery; a paid one stays as it is."""
    waits = any(part.state == HouseholdOrderState.UNPAID for part in lock_parts(order))
    payment = _lock_payment(order)
    if waits:
        _change_method(payment, PaymentMethod.CASH_ON_DELIVERY, now)
        _abandon(payment, now)
        ask_households(order=order, now=now)
        payment.refresh_from_db()
    return payment


def follow_household_orders(*, order: Order, now: datetime, taken_back: bool = False, **_signal: Any) -> None:
    """After household orders moved: take in the cash of what was delivered, owe back what was paid for what is lost.

    Raises MoneyWentBack where a step was ``taken_back`` whose money is no longer here.
    """
    payment = _lock_payment(order)
    if payment.is_cash:
        for part in order.household_orders.all():
            _settle_cash(payment, part, now)
    elif taken_back:
        _require_money(payment)
    _balance(payment)


def _settle_cash(payment: Payment, part: HouseholdOrder, now: datetime) -> None:
    """Cash is received with the goods. An arrival that was taken back brought none, whenever it is noted again."""
    booked = payment.movements.filter(attempt=None, reference__regex=rf"^{re.escape(part.number)}(/\d+)?$")
    received, reversed_ = booked.filter(kind=Kind.RECEIVED).count(), booked.filter(kind=Kind.REVERSED).count()
    is_delivered = part.state == HouseholdOrderState.DELIVERED
    if is_delivered and received == reversed_:
        reference = f"{part.number}/{received + 1}" if received else part.number
        _move(payment, None, Kind.RECEIVED, part.total, reference, now)
    elif not is_delivered and received > reversed_:
        _move(
            payment,
            None,
            Kind.REVERSED,
            part.total,
            booked.filter(kind=Kind.RECEIVED).latest("at", "pk").reference,
            now,
        )


def _require_money(payment: Payment) -> None:
    """Raises MoneyWentBack unless the card money that is here, and not on its way back, pays what stands now."""
    started = RefundAttempt.objects.filter(attempt__payment=payment, state=RefundAttempt.State.STARTED)
    here = sum(attempt.received - attempt.refunded for attempt in payment.attempts.all())
    here -= sum(refund.amount for refund in started)
    if here < _owed(payment):
        raise MoneyWentBack


@in_transaction
def open_refund(*, payment: Payment, now: datetime) -> RefundAttempt | None:
    """The refund to ask a gateway for next: one that was started, or a new one; None when nothing is due.

    None begins while a cancellation, a decline or a return may be taken back: money on its way cannot be called back.

    The money that came last goes back first. A key names the charge, what was returned before, and the amount: the same
    refund keeps its key through every repetition, another one never has it.
    """
    payment = lock_row(Payment.objects.all(), pk=payment.pk)
    started = RefundAttempt.objects.select_related("attempt")
    if refund := started.filter(attempt__payment=payment, state=RefundAttempt.State.STARTED).first():
        return refund
    if may_come_back(payment.order_id, now).exists():
        return None
    for attempt in payment.attempts.filter(received__gt=0).order_by("-ended_at", "-pk"):
        amount = min(payment.refund_due, attempt.received - attempt.refunded)
        if amount > 0:
            key = f"{attempt.key}-{attempt.refunded}-{amount}"
            return RefundAttempt.objects.create(attempt=attempt, key=key, amount=amount, started_at=now)
    return None


@in_transaction
def record_refund(*, refund: RefundAttempt, reference: str, now: datetime) -> Payment:
    """The gateway has returned the money. Told twice, it counts once."""
    payment = lock_row(Payment.objects.all(), pk=refund.attempt.payment_id)
    refund = RefundAttempt.objects.select_related("attempt").get(pk=refund.pk)
    if refund.state == RefundAttempt.State.SETTLED:
        return payment
    attempt = refund.attempt
    refund.state, refund.reference, refund.ended_at = RefundAttempt.State.SETTLED, reference, now
    refund.save(update_fields=["state", "reference", "ended_at"])
    attempt.refunded += refund.amount
    attempt.save(update_fields=["refunded"])
    _move(payment, attempt, Kind.REFUNDED, refund.amount, reference, now)
    audit.record(
        action="return_card_payment",
        subject=payment,
        now=now,
        changes={"refunded": [payment.refunded - refund.amount, payment.refunded]},
    )
    _balance(payment)
    return payment


def _lock_payment(order: Order) -> Payment:
    return lock_row(Payment.objects.all(), order=order)


def _change_method(payment: Payment, method: PaymentMethod, now: datetime) -> None:
    before, payment.method = payment.method, method
    payment.save(update_fields=["method"])
    audit.record(action="change_payment_method", subject=payment, now=now, changes={"method": [before, payment.method]})


def _abandon(payment: Payment, now: datetime) -> None:
    """A charge with a reference may still be paid: it stays to be closed. One without has told nobody its address."""
    started = payment.attempts.filter(state=State.STARTED)
    started.filter(reference="").update(state=State.ABANDONED, ended_at=now)
    started.update(state=State.ABANDONED)


def _move(
    payment: Payment,
    attempt: PaymentAttempt | None,
    kind: PaymentMovement.Kind,
    amount: int,
    reference: str,
    now: datetime,
) -> None:
    """Book one movement and its sum, unless it is booked already. The payment is locked."""
    _movement, is_new = PaymentMovement.objects.get_or_create(
        payment=payment, attempt=attempt, kind=kind, reference=reference, defaults={"amount": amount, "at": now}
    )
    if is_new and kind == Kind.RECEIVED:
        payment.received += amount
    elif is_new and kind == Kind.REVERSED:
        payment.received -= amount
    elif is_new and kind == Kind.REFUNDED:
        payment.refunded += amount
    payment.save(update_fields=["received", "refunded"])


def _standing(parts: list[HouseholdOrder]) -> list[HouseholdOrder]:
    return [part for part in parts if HouseholdOrderState(part.state) not in states.LOST]


def _owed(payment: Payment) -> int:
    return sum(part.total for part in _standing(list(payment.order.household_orders.all())))


def _balance(payment: Payment) -> None:
    """State and what must go back, from the sums. Of an order paid in cash all card money goes back."""
    owed = _owed(payment)
    by_card = sum(attempt.received - attempt.refunded for attempt in payment.attempts.all())
    payment.refund_due = max(by_card - (0 if payment.is_cash else owed), 0)
    if payment.refund_due:
        payment.state = PaymentState.REFUND_DUE
    elif owed == 0:
        payment.state = PaymentState.REFUNDED if payment.refunded else PaymentState.CLOSED
    elif payment.received - payment.refunded >= owed:
        payment.state = PaymentState.PAID
    else:
        payment.state = PaymentState.PENDING
    payment.save(update_fields=["state", "refund_due"])
