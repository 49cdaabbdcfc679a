"""The card services there are, by the name that attempts keep; and the one that new charges go to."""

from __future__ import annotations

from django.conf import settings

from shop.payment.gateways.interface import Gateway, GatewayUnavailable
from shop.payment.gateways.pretend import PretendGateway
from shop.payment.gateways.stripe_checkout import StripeGateway

GATEWAYS: dict[str, type[Gateway]] = {"stripe": StripeGateway, "pretend": PretendGateway}


def gateway_named(name: str) -> Gateway:
    """The card service that issued a reference, also when new charges go to another. Raises GatewayUnavailable."""
    if name not in GATEWAYS or (name == "stripe" and not settings.STRIPE_SECRET_KEY):
        raise GatewayUnavailable
    return GATEWAYS[name]()


def card_gateway_name() -> str:
    """The card service for new charges. Raises GatewayUnavailable when none is configured."""
    if settings.CARD_GATEWAY not in GATEWAYS:
        raise GatewayUnavailable
    return settings.CARD_GATEWAY
