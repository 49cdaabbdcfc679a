"""Ordering in two steps on one address, as a guest or signed in, without script and without losing what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.forms import ProveForm
from accounts.guards import user_of
from accounts.phones import show_phone
from accounts.proof_pages import show_proof, use_typed_code
from accounts.proven_phones import PhoneProof
from accounts.visitors import address_of
from core.attempts import count_attempt
from core.errors import DomainError
from households.places.names import full_name
from shop.basket.contents import basket_contents
from shop.basket.services import settle_problems
from shop.basket.views import counted_contents
from shop.checkout.forms import ConfirmForm, RecipientForm, confirm_form
from shop.checkout.placement import order_of_key, place_order
from shop.checkout.quotes import quote_order
from shop.checkout.selectors import KnownRecipient, known_recipients, own_contact
from shop.order.just_placed import just_placed, remember_placed
from shop.order.links import order_url
from shop.order.models import Order
from shop.payment.cash import PhoneNotProven, is_above_cash_limit
from shop.payment.models import PaymentMethod

# A carrier puts thousands of phones behind one address: only a machine orders as often. Each phone and each buyer has a
# limit of their own (shop/checkout/placement.py).
MAX_ORDERS_OF_ADDRESS = {"most": 1_000, "seconds": 3600}


@method_decorator(never_cache, name="dispatch")
class CheckoutView(View):
    """``step`` says what was pressed: details (go on), edit (back), fix (leave out what is gone), place, code (the code
    that proves the phone, then place), resend (another code)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        if placed := _placed_before(request.POST.get("placement_key", "")):
            return _go_on_to(placed)
        self.contents = counted_contents(request)
        if not self.contents.rows and (placed := just_placed(request.session, self.now)):
            return _go_on_to(placed)  # whoever goes back from the order's page
        if not self.contents.rows:
            messages.info(request, _("Your basket is empty."))
            return redirect("basket:summary")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        known = known_recipients(user_of(request), self.now) if request.user.is_authenticated else []
        wanted = request.GET.get("dia-chi", "")
        chosen = next((one for one in known if one.key == wanted), known[0] if known else None)
        initial = chosen.initial if chosen else own_contact(user_of(request))
        return self._show_details(RecipientForm(initial=initial, use_required_attribute=False), known, chosen)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        recipient = RecipientForm(request.POST, use_required_attribute=False)
        step = request.POST.get("step", "")
        if not recipient.is_valid() or step == "edit":
            return self._show_details(recipient)
        if step == "fix":
            settle_problems(basket=request.basket, contents=self.contents)  # type: ignore[attr-defined]  # the middleware adds it
            return self._show_review_anew(recipient)
        confirm = ConfirmForm(request.POST, use_required_attribute=False)
        if step not in ("place", "code", "resend") or self.contents.problems or not confirm.is_valid():
            return self._show_review(recipient)
        proof = PhoneProof(request, recipient.cleaned_data["phone"], self.now)
        if step == "place" or proof.is_given:
            return self._place(recipient, confirm, proof)
        form = ProveForm(request.POST if step == "code" else None, use_required_attribute=False)
        if step == "code" and use_typed_code(proof, form):
            return self._place(recipient, confirm, proof)
        carried = recipient.carried() | confirm.cleaned_data
        return show_proof(proof, form=form, carried=carried, send=step == "resend")

    def _place(self, recipient: RecipientForm, confirm: ConfirmForm, proof: PhoneProof) -> HttpResponseBase:
        chosen = confirm.cleaned_data | {"payment_method": PaymentMethod(confirm.cleaned_data["payment_method"])}
        if not self.request.session.session_key:
            self.request.session.create()
        try:
            whose = address_of(self.request)
            count_attempt(what="orders-of-address", whose=whose, **MAX_ORDERS_OF_ADDRESS, now=self.now)
            order = place_order(
                lines=self.contents.wanted,
                basket=self.request.basket,  # type: ignore[attr-defined]  # the middleware adds it
                buyer=user_of(self.request) if self.request.user.is_authenticated else None,
                phone_is_proven=proof.is_given,
                browser=str(self.request.session.session_key),
                now=self.now,
                **recipient.cleaned_data,
                **chosen,
            )
        except PhoneNotProven:
            return show_proof(proof, form=ProveForm(), carried=recipient.carried() | confirm.cleaned_data)
        except DomainError as error:
            messages.error(self.request, str(error))
            return self._show_review_anew(recipient)
        self.request.basket_count = 0  # type: ignore[attr-defined]  # the middleware adds it
        remember_placed(self.request.session, order)
        return _go_on_to(order)

    def _show_details(
        self, form: RecipientForm, known: Sequence[KnownRecipient] = (), chosen: KnownRecipient | None = None
    ) -> HttpResponse:
        context = {"form": form, "contents": self.contents, "known": known, "chosen": chosen}
        return render(self.request, "checkout/details.html", context)

    def _show_review_anew(self, recipient: RecipientForm) -> HttpResponseBase:
        """After stock or prices moved: show what is true now."""
        self.contents = basket_contents(self.request.basket)  # type: ignore[attr-defined]  # the middleware adds it
        if not self.contents.rows:
            return redirect("basket:summary")
        return self._show_review(recipient)

    def _show_review(self, recipient: RecipientForm) -> HttpResponse:
        posted, commune = self.request.POST, recipient.cleaned_data["commune"]
        try:
            quote = quote_order(self.contents, commune, self.now)
        except DomainError as error:
            messages.error(self.request, str(error))
            return self._show_details(recipient)
        form = confirm_form(quote.total, posted.get("payment_method", ""), posted.get("placement_key", ""))
        context = {
            "form": form,
            "recipient": recipient.cleaned_data,
            "phone": show_phone(recipient.cleaned_data["phone"]),
            "area": f"{full_name(commune)}, {full_name(commune.province)}",
            "carried": recipient.carried(),
            "quote": quote,
            "problems": self.contents.problems,
            "is_above_cash_limit": is_above_cash_limit(quote.total, self.contents.quantity),
            "cash_limit": settings.CASH_LIMIT_DONG,
            "cash_quantity": settings.CASH_LIMIT_QUANTITY,
        }
        return render(self.request, "checkout/review.html", context)


def _placed_before(key: str) -> Order | None:
    """The order this page has placed already: a second click, or the page reached with the back button."""
    try:
        return order_of_key(UUID(key))
    except ValueError:
        return None


def _go_on_to(order: Order) -> HttpResponseBase:
    """To the payment where one is due now, else to the order's page."""
    page = "payments:pay" if order.payment.method == PaymentMethod.CARD else "orders:detail"
    return redirect(order_url(order, page, now=timezone.now()))
