"""Between an order's payment and its gateway. The gateway is never called inside a transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from shop.order.models import Order
from shop.payment.booking import give_up_unpaid, pay_cash_instead, record_card_payment, record_refund
from shop.payment.gateways.interface import Charge, ChargeRequest, ChargeState
from shop.payment.gateways.registry import card_gateway
from shop.payment.models import Payment, PaymentMethod, PaymentMovement, PaymentState


class PaymentIsOver(DomainError):
    """The order was paid or given up meanwhile."""

    code = "payment_is_over"


def start_payment(*, order: Order, return_url: str) -> str:
    """Open the charge at the gateway, once; the address where the buyer goes now.

    Raises GatewayUnavailable, PaymentIsOver. An order given up while the gateway answered leaves no open charge.
    """
    payment = order.payment
    if payment.state != PaymentState.PENDING:
        raise PaymentIsOver(_("This order needs no payment now."))
    if payment.method != PaymentMethod.CARD:
        raise PaymentIsOver(_("This order needs no payment now."))
    gateway = card_gateway()
    started = gateway.start(ChargeRequest(str(payment.key), order.number, payment.amount, return_url))
    if not _remember(payment, started.reference):
        gateway.close(started.reference)
        raise PaymentIsOver(_("This order needs no payment now."))
    return started.address


@transaction.atomic
def _remember(payment: Payment, reference: str) -> bool:
    current = Payment.objects.select_for_update().get(pk=payment.pk)
    if current.state == PaymentState.PENDING and current.gateway_reference != reference:
        current.gateway_reference = reference
        current.save(update_fields=["gateway_reference"])
    return current.state == PaymentState.PENDING


def settle(*, payment: Payment, now: datetime) -> Payment:
    """Ask the gateway how the charge stands, and book what was paid. Safe to repeat. Raises GatewayUnavailable."""
    if payment.gateway_reference:
        charge = card_gateway().look_up(payment.gateway_reference)
        if charge.state == ChargeState.PAID:
            return _book(payment, charge, now)
    return payment


def close_unpaid(*, order: Order, now: datetime) -> bool:
    """Give up an order nobody paid for: first the charge is closed, so that no money can come in afterwards.

    False when the buyer was faster; then the money is booked. Raises GatewayUnavailable, and nothing is given up.
    """
    return not _closed_as_paid(order.payment, now) and give_up_unpaid(order=order, now=now)


def switch_to_cash(*, order: Order, now: datetime) -> Payment:
    """Cash on delivery for an order that waits for its card payment. Raises GatewayUnavailable."""
    if _closed_as_paid(order.payment, now):
        return Payment.objects.get(pk=order.payment.pk)
    return pay_cash_instead(order=order, now=now)


def _closed_as_paid(payment: Payment, now: datetime) -> bool:
    if not payment.gateway_reference:
        return False
    charge = card_gateway().close(payment.gateway_reference)
    if charge.state != ChargeState.PAID:
        return False
    _book(payment, charge, now)
    return True


def _book(payment: Payment, charge: Charge, now: datetime) -> Payment:
    return record_card_payment(order=payment.order, amount=charge.amount, reference=charge.receipt, now=now)


def return_money(*, payment: Payment, now: datetime) -> Payment:
    """Send back what is owed to the buyer of a card payment. Safe to repeat. Raises GatewayUnavailable."""
    received = payment.movements.filter(kind=PaymentMovement.Kind.RECEIVED).first()
    if payment.method != PaymentMethod.CARD or payment.refund_due == 0 or received is None:
        return payment
    amount = payment.refund_due
    key = f"{payment.key}-{payment.refunded}-{amount}"
    reference = card_gateway().refund(receipt=received.reference, amount=amount, key=key)
    return record_refund(payment=payment, amount=amount, reference=reference, now=now)
