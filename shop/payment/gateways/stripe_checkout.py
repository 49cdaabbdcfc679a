"""Cards through Stripe Checkout. Dong have no decimals at Stripe: 50.000 đ is sent as 50000."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import stripe
from django.conf import settings

from shop.payment.gateways.interface import Charge, ChargeRequest, ChargeState, GatewayUnavailable, StartedCharge

logger = logging.getLogger(__name__)
SECONDS_TO_WAIT = 15


class StripeGateway:
    """A charge is a Checkout Session, its receipt is the payment intent. Keys make repeated calls one."""

    def __init__(self, http_client: stripe.HTTPClient | None = None) -> None:
        self.http_client = http_client or stripe.RequestsClient(timeout=SECONDS_TO_WAIT)
        self.client = stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            base_addresses={"api": settings.STRIPE_API_BASE},
            max_network_retries=2,
            http_client=self.http_client,
        )

    def start(self, request: ChargeRequest) -> StartedCharge:
        session = _asked(
            lambda: self.client.v1.checkout.sessions.create(
                params=_session(request), options={"idempotency_key": f"start-{request.key}"}
            )
        )
        return StartedCharge(session.id, session.url or request.return_url)

    def look_up(self, reference: str) -> Charge:
        return _as_charge(_asked(lambda: self.client.v1.checkout.sessions.retrieve(reference)))

    def close(self, reference: str) -> Charge:
        try:
            return _as_charge(self.client.v1.checkout.sessions.expire(reference))
        except stripe.InvalidRequestError:
            return self.look_up(reference)  # paid or expired already: only an open one can be expired
        except stripe.StripeError as error:
            raise _unavailable(error) from error

    def refund(self, *, receipt: str, amount: int, key: str) -> str:
        refund = _asked(
            lambda: self.client.v1.refunds.create(
                params={"payment_intent": receipt, "amount": amount}, options={"idempotency_key": f"refund-{key}"}
            )
        )
        return str(refund.id)


def _session(request: ChargeRequest) -> Any:
    return {
        "mode": "payment",
        "client_reference_id": request.order_number,
        "locale": "vi",
        "success_url": request.return_url,
        "cancel_url": request.return_url,
        "metadata": {"order": request.order_number, "key": request.key},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "vnd",
                    "unit_amount": request.amount,
                    "product_data": {"name": f"Chợ Nhà Nông {request.order_number}"},
                },
            }
        ],
    }


def _as_charge(session: Any) -> Charge:
    if session.payment_status == "paid":
        return Charge(ChargeState.PAID, int(session.amount_total or 0), str(session.payment_intent or session.id))
    return Charge(ChargeState.CLOSED if session.status == "expired" else ChargeState.OPEN)


def _asked(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except stripe.StripeError as error:
        raise _unavailable(error) from error


def _unavailable(error: stripe.StripeError) -> GatewayUnavailable:
    logger.error("Stripe refused: %s (request %s)", error.user_message or error.code, error.request_id, exc_info=error)
    return GatewayUnavailable()
