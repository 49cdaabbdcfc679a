"""What we send to Stripe: recorded at the wire, and tried against stripe-mock where it runs."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import parse_qs

import pytest
import stripe

from shop.payment.gateways.interface import ChargeRequest, ChargeState, GatewayUnavailable
from shop.payment.gateways.stripe_checkout import StripeGateway

REQUEST = ChargeRequest(key="k-1", order_number="261014-482193", amount=497_000, return_url="https://cho.example/ve/")


class Wire(stripe.HTTPClient):
    """Answers with the next prepared body, and remembers what was asked."""

    name = "wire"

    def __init__(self, *answers: tuple[int, dict[str, Any]]) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[tuple[str, str, dict[str, list[str]], dict[str, str]]] = []

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        status, body = self.answers.pop(0)
        self.asked.append((method, url, parse_qs(post_data or ""), dict(headers)))
        return json.dumps(body), status, {"request-id": "req_1"}


def session(**changes: Any) -> tuple[int, dict[str, Any]]:
    usual = {"object": "checkout.session", "id": "cs_1", "url": "https://checkout.example/cs_1", "status": "open"}
    return 200, {**usual, "payment_status": "unpaid", "amount_total": 497_000, "payment_intent": None, **changes}


@pytest.fixture
def gateway(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_1"
    return lambda *answers: StripeGateway(http_client=Wire(*answers))


def asked(gateway: StripeGateway) -> tuple[str, str, dict[str, list[str]], dict[str, str]]:
    return gateway.http_client.asked[-1]


def test_dong_are_sent_whole_and_the_key_makes_a_repeat_the_same(gateway):
    stripe_gateway = gateway(session())
    started = stripe_gateway.start(REQUEST)
    method, url, data, headers = asked(stripe_gateway)
    assert (method.lower(), url.endswith("/v1/checkout/sessions")) == ("post", True)
    assert data["line_items[0][price_data][unit_amount]"] == ["497000"]
    assert data["line_items[0][price_data][currency]"] == ["vnd"]
    assert headers["Idempotency-Key"] == "start-k-1"
    assert (started.reference, started.address) == ("cs_1", "https://checkout.example/cs_1")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (session(), ChargeState.OPEN),
        (session(status="expired"), ChargeState.CLOSED),
        (session(status="complete", payment_status="paid", payment_intent="pi_1"), ChargeState.PAID),
        (session(status="complete"), ChargeState.OPEN),
    ],
)
def test_a_session_is_read_as_a_charge(gateway, answer, state):
    charge = gateway(answer).look_up("cs_1")
    assert charge.state == state
    assert (charge.amount, charge.receipt) == ((497_000, "pi_1") if state == ChargeState.PAID else (0, ""))


def test_closing_a_paid_session_tells_that_it_is_paid(gateway):
    refusal = (400, {"error": {"type": "invalid_request_error", "message": "Only open sessions can be expired"}})
    paid = session(status="complete", payment_status="paid", payment_intent="pi_1")
    assert gateway(refusal, paid).close("cs_1").state == ChargeState.PAID


def test_a_refund_names_the_payment_and_its_key(gateway):
    stripe_gateway = gateway((200, {"object": "refund", "id": "re_1"}))
    assert stripe_gateway.refund(receipt="pi_1", amount=271_000, key="k-1-0-271000") == "re_1"
    _method, _url, data, headers = asked(stripe_gateway)
    assert (data["payment_intent"], data["amount"]) == (["pi_1"], ["271000"])
    assert headers["Idempotency-Key"] == "refund-k-1-0-271000"


def test_a_refusal_is_logged_and_told_without_stripes_words(gateway, caplog):
    refusal = (402, {"error": {"type": "card_error", "code": "secret_detail", "message": "secret words"}})
    with pytest.raises(GatewayUnavailable) as told:
        gateway(refusal).start(REQUEST)
    assert "secret" not in str(told.value)
    assert "req_1" in caplog.text


@pytest.mark.stripe
@pytest.mark.skipif(not os.environ.get("STRIPE_API_BASE"), reason="needs stripe-mock: set STRIPE_API_BASE")
def test_stripe_mock_accepts_what_we_send(settings):
    """stripe-mock checks every parameter against Stripe's published interface."""
    settings.STRIPE_SECRET_KEY = "sk_test_123"
    gateway = StripeGateway()
    started = gateway.start(REQUEST)
    assert started.reference.startswith("cs_")
    assert gateway.look_up(started.reference).state in ChargeState
    assert gateway.close(started.reference).state in ChargeState
    assert gateway.refund(receipt="pi_1", amount=1000, key="k").startswith("re_")
