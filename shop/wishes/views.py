"""The wish list, and asking to be told: whoever is not signed in proves the phone first and comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import signed_in, user_of
from catalog.cards import card_of, product_url
from catalog.models import Product
from catalog.selectors import published_listings, with_card_data
from core.errors import DomainError
from core.periods import vietnam_date
from shop.wishes import services


@signed_in
@never_cache
@require_safe
def show_wishes(request: HttpRequest) -> HttpResponse:
    """What one keeps that is on sale, the last kept first; what has left the market is named, without a price."""
    now = timezone.now()
    lines = list(services.wishes_of(user_of(request)).values_list("product", "title"))
    rows = with_card_data(published_listings().filter(pk__in=[pk for pk, _title in lines]), vietnam_date(now))
    cards = {listing.pk: card_of(listing, now) for listing in rows}
    context = {
        "cards": [cards[pk] for pk, _title in lines if pk in cards],
        "gone": [title for pk, title in lines if pk not in cards],
    }
    return render(request, "wishes/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    def act(product: Product) -> None:
        services.keep_for_later(user=user_of(request), product=product)

    return _asked(request, pk, act, "keep", _("Kept for later."))


@signed_in
@require_http_methods(["GET", "POST"])
def tell_me(request: HttpRequest, pk: int) -> HttpResponse:
    def act(product: Product) -> None:
        services.ask_to_be_told(user=user_of(request), product=product, now=timezone.now())

    return _asked(request, pk, act, "tell", _("We will send you a message once it is back."))


def _asked(request: HttpRequest, pk: int, act: Callable[[Any], None], what: str, done: str) -> HttpResponse:
    """GET asks once more, because a link may be followed by anybody; POST does it and leads back to the listing."""
    product = get_object_or_404(published_listings(), pk=pk)
    if request.method != "POST":
        return render(request, "wishes/ask.html", {"product": product, "what": what, "back": _page_of(product)})
    try:
        act(product)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(_page_of(product))


def _page_of(product: Product) -> str:
    return product_url(product.slug, product.pk)


@signed_in
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    services.take_off(user=user_of(request), product_id=pk)
    messages.success(request, _("Taken off your list."))
    return redirect("wishes:list")
