"""Notices from Stripe: verified, then only a reason to look the charge up, so late or doubled ones do no harm."""

from __future__ import annotations

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.work import enqueue
from shop.payment.booking import record_notice
from shop.payment.tasks import settle_payment_attempt

ABOUT_A_CHARGE = "checkout.session."


@csrf_exempt
@require_POST
def stripe_notice(request: HttpRequest) -> HttpResponse:
    """400 for what Stripe did not sign; 200 also for charges that are not ours, so that Stripe stops telling."""
    secret = settings.STRIPE_WEBHOOK_SECRET
    if not secret:
        return HttpResponse(status=404)
    try:
        event = stripe.Webhook.construct_event(request.body, request.headers.get("Stripe-Signature", ""), secret)
    except (ValueError, stripe.SignatureVerificationError):
        return HttpResponse(status=400)
    if not event.type.startswith(ABOUT_A_CHARGE):
        return HttpResponse(status=200)
    if attempt := record_notice(gateway="stripe", reference=event.data.object["id"]):
        enqueue(settle_payment_attempt, attempt.pk)
    return HttpResponse(status=200)
