"""Paying by card: the page before, the way back, and the pretend service's own page."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import ProveForm
from accounts.proof_pages import show_proof, use_typed_code
from accounts.proven_phones import PhoneProof
from core.errors import DomainError
from core.work import enqueue
from shop.order.access import orders_of_link
from shop.order.link_pages import explain_ended_link
from shop.order.models import Order
from shop.payment.booking import record_notice
from shop.payment.cash import PhoneNotProven
from shop.payment.gateways.pretend import pay_pretend_charge
from shop.payment.models import PaymentState, PretendCharge
from shop.payment.services import close_unpaid, settle, start_payment, switch_to_cash
from shop.payment.tasks import settle_payment_attempt
from shop.payment.unpaid import TIME_TO_PAY


def _order(number: str, signature: str) -> Order:
    return get_object_or_404(orders_of_link(number, signature, timezone.now()).select_related("payment"))


@explain_ended_link
def pay_by_card(request: HttpRequest, number: str, signature: str) -> HttpResponseBase:
    """The way to the gateway; for cash on delivery, and when nothing is to be paid, to the order."""
    order = _order(number, signature)
    if not order.payment.waits_for_card:
        return redirect("orders:detail", number=number, signature=signature)
    if request.method != "POST":
        minutes = TIME_TO_PAY // timedelta(minutes=1)
        return render(request, "payments/pay.html", {"order": order, "signature": signature, "minutes": minutes})
    try:
        return redirect(start_payment(order=order, now=timezone.now()))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("payments:pay", number=number, signature=signature)


@explain_ended_link
@require_GET
def return_from_gateway(request: HttpRequest, number: str, signature: str) -> HttpResponseBase:
    """Back from the gateway: what the address says is not believed, the gateway is asked."""
    order = _order(number, signature)
    try:
        payment = settle(payment=order.payment, now=timezone.now())
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        if payment.state == PaymentState.PAID:
            messages.success(request, _("Paid. The households are told of your order."))
        elif payment.state == PaymentState.REFUND_DUE:
            messages.warning(request, _("This order is no longer paid by card: the money comes back to your card."))
    return redirect("orders:detail", number=number, signature=signature)


@explain_ended_link
@require_POST
def choose_cash(request: HttpRequest, number: str, signature: str) -> HttpResponseBase:
    """Cash instead of the card; a phone that is not proven yet is asked for its code first."""
    order, now, step = _order(number, signature), timezone.now(), request.POST.get("step", "")
    if step == "details":
        return redirect("payments:pay", number=number, signature=signature)
    proof = PhoneProof(request, order.buyer_phone, now)
    form = ProveForm(request.POST if step == "code" else None, use_required_attribute=False)
    if step == "resend" or (step == "code" and not proof.is_given and not use_typed_code(proof, form)):
        return show_proof(proof, form=form, carried={}, send=step == "resend")
    try:
        payment = switch_to_cash(order=order, phone_is_proven=proof.is_given, now=now)
    except PhoneNotProven:
        return show_proof(proof, form=form, carried={})
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = _("Your order is placed.") if payment.is_cash else _("This order is paid already, so it stays.")
        messages.success(request, said)
    return redirect("orders:detail", number=number, signature=signature)


@explain_ended_link
@require_POST
def give_up_order(request: HttpRequest, number: str, signature: str) -> HttpResponseBase:
    """The buyer does not want to pay: asked once, the charge is closed and the goods are free again."""
    order = _order(number, signature)
    if order.payment.waits_for_card and not request.POST.get("sure"):
        return render(request, "payments/give_up.html", {"order": order, "signature": signature})
    try:
        given_up = close_unpaid(order=order, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = _("The order is cancelled.") if given_up else _("This order is paid already, so it stays.")
        messages.info(request, said)
    return redirect("orders:detail", number=number, signature=signature)


@never_cache
def show_pretend_page(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The pretend service: pay, or go back without paying. Its notice comes as Stripe's would."""
    if settings.CARD_GATEWAY != "pretend":
        raise Http404
    charge = get_object_or_404(PretendCharge, reference=reference)
    if request.method != "POST":
        return render(request, "payments/pretend.html", {"charge": charge})
    if request.POST.get("answer") == "pay":
        charge = pay_pretend_charge(reference)
        if attempt := record_notice(gateway="pretend", reference=str(reference)):
            enqueue(settle_payment_attempt, attempt.pk)
    return redirect(charge.return_url)
