"""Operators: what is on sale now, and taking it down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, user_of
from catalog.cards import card_of
from catalog.listing.forms import ReasonForm
from catalog.listing.selectors import listings_on_the_shelf, listings_to_moderate, listings_to_put_back
from catalog.listing.services import put_back_listing, take_down_listing
from catalog.models import ListingStatus, Product
from core.errors import DomainError
from core.paging import page_of
from core.periods import vietnam_date
from households.access import Acting

ROWS_ON_A_PAGE = 30


@operator_required
@require_safe
def moderate(request: HttpRequest) -> HttpResponse:
    """Every listing that buyers see, newest first, for an operator to look through."""
    now, words = timezone.now(), request.GET.get("tim", "")
    listings = listings_to_moderate(words, vietnam_date(now))
    page = page_of(request, listings, per_page=ROWS_ON_A_PAGE)
    rows = [(listing, card_of(listing, now)) for listing in page]
    return render(
        request,
        "listing/moderate.html",
        {"page_obj": page, "rows": rows, "words": words, "taken_down": listings_to_put_back(now)},
    )


@operator_required
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that takes a listing off sale; the household reads the reason."""
    listing = get_object_or_404(listings_on_the_shelf().select_related("household"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            take_down_listing(operator=user_of(request), listing=listing, reason=reason, now=timezone.now())
            messages.success(request, _("Taken off sale. The household has been told why."))
            return redirect("listing:moderate")
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    status = 422 if request.method == "POST" else 200
    return render(request, "listing/take_down.html", {"listing": listing, "form": form}, status=status)


@operator_required
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a listing back that was taken down, as it stood."""
    listing: Product = get_object_or_404(
        Product.objects.select_related("household"), pk=pk, status=ListingStatus.TAKEN_DOWN
    )
    acting = Acting(user_of(request), listing.household, is_operator=True)
    try:
        put_back_listing(acting=acting, listing=listing, now=timezone.now())
        messages.success(request, _("It is back as it was. The household has been told."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("listing:moderate")
