"""The pages on which a second person checks a listing before buyers see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guards import user_of
from catalog.cards import card_of
from catalog.guards import checkers_only, listing_to_check
from catalog.listing.forms import ReasonForm
from catalog.listing.selectors import preview_of, waiting_listings, waiting_revisions
from catalog.listing.services import publish_listing, send_back_listing
from catalog.storefront.product_page import product_page
from core.errors import DomainError
from core.numbers import whole_number
from core.paging import page_of, second_page_of
from core.periods import vietnam_date

ROWS_ON_A_PAGE = 30


@checkers_only
@require_safe
def to_check(request: HttpRequest) -> HttpResponse:
    """The listings, and the changes of listings on sale, that wait for a check by the person who asks."""
    now = timezone.now()
    waiting = waiting_listings(user_of(request), now, vietnam_date(now))
    page = page_of(request, waiting, per_page=ROWS_ON_A_PAGE)
    context = {
        "page_obj": page,
        "rows": [(listing, card_of(listing, now)) for listing in page],
        "revisions": second_page_of(request, waiting_revisions(user_of(request), now), per_page=ROWS_ON_A_PAGE),
    }
    return render(request, "listing/to_check.html", context)


@checkers_only
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The listing as buyers will see it: put it on sale, or send it back saying what to mend."""
    now = timezone.now()
    listing = listing_to_check(request, pk, now)
    form = ReasonForm(request.POST if request.POST.get("decision") == "back" else None)
    if request.method == "POST":
        try:
            if request.POST.get("decision") == "publish":
                publish_listing(checker=user_of(request), listing=listing, now=now, version=_version_read(request))
                messages.success(request, _("It is on sale now."))
                return redirect("listing:to_check")
            if form.is_valid():
                note = form.cleaned_data["reason"]
                send_back_listing(checker=user_of(request), listing=listing, note=note, now=now)
                messages.success(request, _("Sent back to be mended."))
                return redirect("listing:to_check")
        except DomainError as refusal:
            messages.error(request, str(refusal))
    page = product_page(preview_of(listing, vietnam_date(now)), now)
    status = 422 if request.method == "POST" else 200
    return render(request, "listing/check.html", {"listing": listing, "page": page, "form": form}, status=status)


def _version_read(request: HttpRequest) -> int:
    """The version of the listing on the page that was read; a form without one is none of ours."""
    return whole_number(request.POST.get("version", "")) or 0
