"""What every card service can do for us. Which ones there are stands in ``registry``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


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
