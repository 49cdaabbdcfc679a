"""My listings, one listing, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import signed_in, user_of
from catalog.access import may_check
from catalog.cards import card_of
from catalog.certificates.selectors import papers_of
from catalog.guards import household_acting, listing_acting
from catalog.listing.advice import next_fix
from catalog.listing.forms import OfferForm
from catalog.listing.selectors import households_to_list_for, listings_of, listings_of_household, preview_of
from catalog.listing.services import publish_listing, set_offer, submit_for_check, withdraw_listing
from catalog.models import Product
from catalog.selectors import with_card_data
from catalog.storefront.product_page import product_page
from core.errors import DomainError
from core.paging import page_of
from core.periods import vietnam_date
from households.models import Household

ROWS_ON_A_PAGE = 30


@signed_in
@require_safe
def my_listings(request: HttpRequest) -> HttpResponse:
    """Every listing I may work on, and the households for which I may add one."""
    now, words = timezone.now(), request.GET.get("tim", "")
    households = households_to_list_for(user_of(request), words, now)
    return _list(request, listings_of(user_of(request), now), households, words=words)


@signed_in
@require_safe
def household_listings(request: HttpRequest, code: str) -> HttpResponse:
    """The listings of one household."""
    acting = household_acting(request, code, timezone.now())
    return _list(request, listings_of_household(acting), [acting.household], household=acting.household)


def _list(request: HttpRequest, listings: QuerySet[Product], households: list[Household], **more: Any) -> HttpResponse:
    now = timezone.now()
    shown = with_card_data(listings, vietnam_date(now))
    page = page_of(request, shown, per_page=ROWS_ON_A_PAGE)
    rows = [(listing, card_of(listing, now)) for listing in page]
    return render(request, "listing/mine.html", {"page_obj": page, "rows": rows, "households": households, **more})


@signed_in
@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing: where it stands, what to do next, how its page looks."""
    now = timezone.now()
    today = vietnam_date(now)
    listing, acting = listing_acting(request, pk, now)
    page = product_page(preview_of(listing, today), now)
    reserved = page.product.stockrecords.all()[0].num_allocated or 0
    context = {
        "listing": listing,
        "page": page,
        "acting": acting,
        "may_publish": may_check(acting.user, listing, now),
        "certificates": papers_of(listing),
        "today": today,
        "reserved": reserved,
        "next_fix": next_fix(page),
        "offer": OfferForm(initial={"price": page.card.price, "stock": page.available + reserved}),
    }
    return render(request, "listing/overview.html", context)


@signed_in
@require_POST
def change_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Price and stock in one small form."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    form = OfferForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("listing:overview", pk=pk)
    return _answer_with_listing(
        request, pk, _("Saved."), lambda: set_offer(acting=acting, listing=listing, now=now, **form.cleaned_data)
    )


@signed_in
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _change_status(request, pk, submit_for_check, _("Sent to be checked by a second person."))


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _change_status(request, pk, withdraw_listing, _("Taken off sale."))


@signed_in
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """For the household's own people; ``publish_listing`` refuses whoever needs a second person."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    return _answer_with_listing(
        request,
        pk,
        _("It is on sale now."),
        lambda: publish_listing(checker=acting.user, listing=listing, now=now),
    )


def _change_status(request: HttpRequest, pk: int, verb: Callable[..., Product], said: str) -> HttpResponse:
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    return _answer_with_listing(request, pk, said, lambda: verb(acting=acting, listing=listing, now=now))


def _answer_with_listing(request: HttpRequest, pk: int, said: str, act: Callable[[], Any]) -> HttpResponse:
    """Do it, or say why not; the listing's page follows in both cases."""
    try:
        act()
        messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("listing:overview", pk=pk)
