"""Between an order's payment and the gateways. No gateway is called inside a transaction: a slow answer holds no lock.

Each attempt is asked after at the gateway that issued its reference, whatever the payment's method says by now.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Sum

from shop.order.links import order_url
from shop.order.models import HouseholdOrderState, Order
from shop.payment.booking import (
    PaymentIsOver,
    give_up_unpaid,
    open_attempt,
    open_refund,
    pay_cash_instead,
    record_charge,
    record_end,
    record_reference,
    record_refund,
)
from shop.payment.cash import require_cash_allowed
from shop.payment.gateways.interface import Charge, ChargeRequest, ChargeState, GatewayUnavailable
from shop.payment.gateways.registry import card_gateway_name, gateway_named
from shop.payment.models import Payment, PaymentAttempt

logger = logging.getLogger(__name__)


def start_payment(*, order: Order, now: datetime) -> str:
    """Open a charge at the gateway, or find the one that is open; the address where the buyer goes now.

    Raises GatewayUnavailable, PaymentIsOver. What an earlier attempt brought or lost is booked first; an order given up
    or paid in cash while the gateway answered leaves no open charge.
    """
    gateway_name = card_gateway_name()
    attempt = open_attempt(payment=order.payment, gateway=gateway_name, now=now)
    if attempt.reference:
        settle_attempt(attempt=attempt, now=now)
        if attempt.gateway != gateway_name:
            close_attempt(attempt=attempt, now=now)
    elif attempt.gateway != gateway_name:
        record_end(attempt=attempt, state=PaymentAttempt.State.ABANDONED, now=now)
    attempt = open_attempt(payment=order.payment, gateway=gateway_name, now=now)
    request = ChargeRequest(
        key=str(attempt.key),
        order_number=order.number,
        amount=attempt.amount,
        return_url=settings.SITE_URL + order_url(order, "payments:back", now=attempt.started_at),
    )
    started = gateway_named(attempt.gateway).start(request)
    if not record_reference(attempt=attempt, reference=started.reference):
        close_attempt(attempt=attempt, now=now)
        raise PaymentIsOver
    return started.address


def settle(*, payment: Payment, now: datetime) -> Payment:
    """Ask how the payment's open charges stand, and book what was paid. Safe to repeat. Raises GatewayUnavailable."""
    for attempt in payment.attempts.filter(ended_at=None).exclude(reference=""):
        settle_attempt(attempt=attempt, now=now)
    payment.refresh_from_db()
    return payment


def settle_attempt(*, attempt: PaymentAttempt, now: datetime) -> None:
    """Ask the gateway of one attempt, also of one that was abandoned. Safe to repeat. Raises GatewayUnavailable."""
    charge = gateway_named(attempt.gateway).look_up(attempt.reference)
    _book(attempt, charge, PaymentAttempt.State.FAILED, now)


def close_attempt(*, attempt: PaymentAttempt, now: datetime) -> None:
    """End the charge of an attempt; a buyer who was faster has paid, and that is booked. Raises GatewayUnavailable."""
    charge = gateway_named(attempt.gateway).close(attempt.reference)
    _book(attempt, charge, PaymentAttempt.State.ABANDONED, now)


def _book(attempt: PaymentAttempt, charge: Charge, ended_as: PaymentAttempt.State, now: datetime) -> None:
    if charge.state == ChargeState.PAID:
        record_charge(attempt=attempt, charge=charge, now=now)
    elif charge.state == ChargeState.CLOSED:
        record_end(attempt=attempt, state=ended_as, now=now)


def close_unpaid(*, order: Order, now: datetime, state: HouseholdOrderState = HouseholdOrderState.CANCELLED) -> bool:
    """Give up an order nobody paid for: first its charges are closed, so that no money can come in afterwards.

    ``state``: CANCELLED by the buyer, or NOT_PAID in time.
    False when the buyer was faster; then the money is booked. Raises GatewayUnavailable, and nothing is given up.
    """
    for attempt in order.payment.attempts.filter(ended_at=None).exclude(reference=""):
        close_attempt(attempt=attempt, now=now)
    return give_up_unpaid(order=order, now=now, state=state)


def switch_to_cash(*, order: Order, phone_is_proven: bool, now: datetime) -> Payment:
    """Cash on delivery for an order that waits for its card payment; one that was paid meanwhile stays paid.

    A gateway that does not answer hinders nobody: its charge is abandoned, and asked after until it has ended. Raises
    PhoneNotProven, CashLimitExceeded; the charges stay open then.
    """
    if order.payment.waits_for_card:
        require_cash_allowed(
            phone=order.buyer_phone,
            phone_is_proven=phone_is_proven,
            total=order.total,
            quantity=order.lines.aggregate(count=Sum("quantity", default=0))["count"],
        )
    for attempt in order.payment.attempts.filter(ended_at=None).exclude(reference=""):
        try:
            close_attempt(attempt=attempt, now=now)
        except GatewayUnavailable:
            logger.warning("Attempt %s could not be closed now; the sweep of abandoned attempts goes on.", attempt.pk)
    return pay_cash_instead(order=order, now=now)


def return_money(*, payment: Payment, now: datetime) -> Payment:
    """Send back what is owed to the buyer, each sum by the gateway that holds it. Safe to repeat.

    Raises GatewayUnavailable; the refund that was started then is the first to be repeated.
    """
    while refund := open_refund(payment=payment, now=now):
        attempt = refund.attempt
        gateway = gateway_named(attempt.gateway)
        reference = gateway.refund(receipt=attempt.receipt, amount=refund.amount, key=refund.key)
        record_refund(refund=refund, reference=reference, now=now)
    payment.refresh_from_db()
    return payment
