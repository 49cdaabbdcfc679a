"""The card services there are, and the one that new charges go to."""

from __future__ import annotations

from django.conf import settings

from shop.payment.gateways.interface import Gateway, GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway
from shop.payment.gateways.stripe_checkout import StripeGateway

GATEWAYS: dict[str, type[Gateway]] = {"stripe": StripeGateway, "pretend": PretendGateway}


def card_gateway() -> Gateway:
    """The configured card service. Raises GatewayUnavailable when there is none."""
    if settings.CARD_GATEWAY not in GATEWAYS:
        raise GatewayUnavailable
    return GATEWAYS[settings.CARD_GATEWAY]()
