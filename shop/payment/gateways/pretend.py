"""A pretend card service behind the real interface: it keeps its own books and has its own page.

Like Stripe it refuses a key that comes back with another amount.

For development and tests; production offers cards only when STRIPE_SECRET_KEY is set.
"""

from __future__ import annotations

import uuid

from django.db.models import F
from django.urls import reverse

from core.transactions import in_transaction
from shop.payment.gateways.interface import Charge, ChargeRequest, ChargeState, GatewayUnavailable, StartedCharge
from shop.payment.models import PretendCharge, PretendRefund


class PretendGateway:
    def start(self, request: ChargeRequest) -> StartedCharge:
        charge, _made = PretendCharge.objects.get_or_create(
            key=request.key,
            defaults={
                "reference": uuid.uuid4(),
                "order_number": request.order_number,
                "amount": request.amount,
                "return_url": request.return_url,
            },
        )
        if charge.amount != request.amount:
            raise GatewayUnavailable
        address = reverse("payments:pretend", kwargs={"reference": charge.reference})
        return StartedCharge(str(charge.reference), address)

    def look_up(self, reference: str) -> Charge:
        return _as_charge(_charge(reference))

    def close(self, reference: str) -> Charge:
        PretendCharge.objects.filter(reference=reference, state=PretendCharge.State.OPEN).update(
            state=PretendCharge.State.CLOSED
        )
        return self.look_up(reference)

    @in_transaction
    def refund(self, *, receipt: str, amount: int, key: str) -> str:
        charge = _charge(receipt)
        refund, is_new = PretendRefund.objects.get_or_create(key=key, defaults={"charge": charge, "amount": amount})
        if refund.amount != amount:
            raise GatewayUnavailable
        if is_new:
            PretendCharge.objects.filter(pk=charge.pk).update(refunded=F("refunded") + amount)
        return f"refund-{refund.pk}"


def pay_pretend_charge(reference: uuid.UUID) -> PretendCharge:
    """What the button on the pretend page does."""
    PretendCharge.objects.filter(reference=reference, state=PretendCharge.State.OPEN).update(
        state=PretendCharge.State.PAID
    )
    return _charge(str(reference))


def _charge(reference: str) -> PretendCharge:
    try:
        return PretendCharge.objects.get(reference=reference)
    except PretendCharge.DoesNotExist as error:
        raise GatewayUnavailable from error


def _as_charge(charge: PretendCharge) -> Charge:
    is_paid = charge.state == PretendCharge.State.PAID
    return Charge(ChargeState(charge.state), charge.amount if is_paid else 0, str(charge.reference) if is_paid else "")
