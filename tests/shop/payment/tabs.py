"""What happens in the buyer's tab at the gateway, and what our rows say afterwards."""

from __future__ import annotations

from shop.payment.models import Payment, PaymentAttempt, PretendCharge


def pay(attempt: PaymentAttempt) -> None:
    """The buyer pays in the tab that is still open; an ended charge would refuse it, so this also plays the late answer
    of a bank that comes after the gateway has called a charge closed."""
    PretendCharge.objects.filter(reference=attempt.reference).update(state=PretendCharge.State.PAID)


def payment_of(order) -> Payment:
    return Payment.objects.get(order=order)


def states(order) -> set[str]:
    return set(order.household_orders.values_list("state", flat=True))
