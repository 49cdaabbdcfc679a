"""Reporting a listing: open to everybody, counted by address and person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.guards import user_of
from accounts.visitors import address_of
from catalog.cards import product_url
from catalog.flags.forms import FlagForm
from catalog.flags.services import flag_listing
from catalog.selectors import published_listings
from core.errors import DomainError
from core.forms import show_refusal


@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong with a listing on sale, told to the operators alone."""
    now = timezone.now()
    listing = get_object_or_404(published_listings().select_related("household"), pk=pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flag_listing(
                listing=listing,
                user=user_of(request) if request.user.is_authenticated else None,
                address=address_of(request),
                now=now,
                **form.cleaned_data,
            )
            messages.success(request, _("Thank you. An operator looks at it."))
            return redirect(product_url(listing.slug, listing.pk))
        except DomainError as refusal:
            show_refusal(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "flags/flag.html", {"form": form, "listing": listing}, status=status)
