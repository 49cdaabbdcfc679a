"""Stripe's notices: believed only when signed, and then only as a reason to ask Stripe."""

from __future__ import annotations

import json
import time

import pytest
import stripe
from django.test import TestCase

from shop.payment.gateways.interface import Charge, ChargeState
from shop.payment.models import Payment, PaymentState

SECRET = "whsec_for_tests"
SESSION = "cs_test_1"


@pytest.fixture
def at_stripe(settings, order, monkeypatch):
    """The order's charge at a Stripe that answers from this dict."""
    settings.CARD_GATEWAY, settings.STRIPE_WEBHOOK_SECRET = "stripe", SECRET
    settings.STRIPE_SECRET_KEY = "sk_test_1"
    order.payment.attempts.create(gateway="stripe", reference=SESSION, amount=order.total, started_at=order.date_placed)
    books = {SESSION: Charge(ChargeState.PAID, order.total, "pi_1")}
    monkeypatch.setattr(
        "shop.payment.gateways.stripe_checkout.StripeGateway.look_up", lambda self, reference: books[reference]
    )
    return books


def notify(client, *, kind="checkout.session.completed", session=SESSION, secret=SECRET, age=0):
    body = json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": {"id": session}}})
    at = int(time.time()) - age
    signature = stripe.WebhookSignature._compute_signature(f"{at}.{body}", secret)
    header = f"t={at},v1={signature}"
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(
            "/thanh-toan/stripe/", body, content_type="application/json", headers={"Stripe-Signature": header}
        )


def payment(order) -> Payment:
    return Payment.objects.get(order=order)


def test_a_signed_notice_makes_us_ask_stripe(client, order, at_stripe):
    assert notify(client).status_code == 200
    assert (payment(order).state, payment(order).received) == (PaymentState.PAID, order.total)


def test_a_notice_told_again_counts_once(client, order, at_stripe):
    for kind in ("checkout.session.completed", "checkout.session.completed", "checkout.session.expired"):
        assert notify(client, kind=kind).status_code == 200
    assert payment(order).movements.count() == 1


def test_a_notice_before_the_money_books_nothing(client, order, at_stripe):
    at_stripe[SESSION] = Charge(ChargeState.OPEN)
    assert notify(client).status_code == 200
    assert payment(order).state == PaymentState.PENDING


@pytest.mark.parametrize("forgery", [{"secret": "whsec_other"}, {"age": 3600}])
def test_a_forged_or_old_notice_is_refused(client, order, at_stripe, forgery):
    assert notify(client, **forgery).status_code == 400
    assert payment(order).state == PaymentState.PENDING


def test_a_notice_without_signature_is_refused(client, at_stripe):
    assert client.post("/thanh-toan/stripe/", b"{}", content_type="application/json").status_code == 400


def test_a_charge_that_is_not_ours_is_passed_over(client, order, at_stripe):
    assert notify(client, session="cs_other").status_code == 200
    assert payment(order).state == PaymentState.PENDING


def test_without_a_secret_there_is_no_door(client, at_stripe, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert notify(client).status_code == 404
