"""The payment interface: what every way to pay can do, and which one is configured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from shop.order.models import PaymentMethod


class GatewayUnavailable(DomainError):
    """The gateway cannot be reached or refuses; nothing was charged."""

    code = "gateway_unavailable"

    def __init__(self) -> None:
        super().__init__(
            _("The card service does not answer right now. Your order is kept: try again, or pay cash on delivery.")
        )


class ChargeState(Enum):
    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ChargeRequest:
    """``key`` is the same for every repetition: the gateway then answers with the charge it has already."""

    key: str
    order_number: str
    amount: int
    return_url: str


@dataclass(frozen=True, slots=True)
class StartedCharge:
    """``address`` is where the buyer goes now; ``reference`` is the gateway's name for the charge."""

    reference: str
    address: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the gateway has it now; ``receipt`` names the money once it is paid."""

    state: ChargeState
    amount: int = 0
    receipt: str = ""


class Gateway(Protocol):
    """Amounts are whole dong. Every method may be repeated. Each raises GatewayUnavailable."""

    def start(self, request: ChargeRequest) -> StartedCharge:
        """Open a charge, or give back the one of this key."""

    def look_up(self, reference: str) -> Charge:
        """The truth about a charge: asked after every notice, so that notices may be late, doubled or in disorder."""

    def close(self, reference: str) -> Charge:
        """End a charge nobody has paid; afterwards it is CLOSED, or PAID when the buyer was faster."""

    def refund(self, *, receipt: str, amount: int, key: str) -> str:
        """Return ``amount`` of a receipt; the gateway's name for the refund."""


def gateway_for(method: str) -> Gateway:
    """The configured gateway for a way to pay. Raises GatewayUnavailable when there is none."""
    if method == PaymentMethod.CASH_ON_DELIVERY:
        from shop.payment.cash_on_delivery import CashOnDelivery

        return CashOnDelivery()
    if settings.CARD_GATEWAY == "stripe":
        from shop.payment.stripe_gateway import StripeGateway

        return StripeGateway()
    if settings.CARD_GATEWAY == "pretend":
        from shop.payment.fake_gateway import PretendGateway

        return PretendGateway()
    raise GatewayUnavailable
