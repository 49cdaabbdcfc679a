"""My listings, one listing, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from catalog.listing.selectors import (
    deleted_drafts,
    history_of,
    households_to_list_for,
    listings_of,
    listings_of_household,
    preview_of,
    revisions_of,
)
from catalog.listing.services import AdjustedBefore, OfferChange, publish_listing, set_offer, submit_for_check
from catalog.listing.services.off_sale import last_event, may_be_put_back
from catalog.models import Product
from catalog.selectors import with_card_data
from catalog.storefront.product_page import product_page
from core.errors import ChangedMeanwhile, DomainError
from core.forms import show_refusal, typed_again
from core.going_back import page_before
from core.paging import page_of
from core.periods import vietnam_date
from households.access import Acting
from households.models import Household

ROWS_ON_A_PAGE = 30


@signed_in
@require_safe
def my_listings(request: HttpRequest) -> HttpResponse:
    """Every listing I may work on, and the households for which I may add one."""
    now, words = timezone.now(), request.GET.get("tim", "")
    households = households_to_list_for(user_of(request), words, now)
    deleted = deleted_drafts(user_of(request), now)
    return _list(request, listings_of(user_of(request), now), households, words=words, deleted=deleted)


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
    return _show(request, *listing_acting(request, pk, now), now)


def _show(
    request: HttpRequest,
    listing: Product,
    acting: Acting,
    now: datetime,
    form: OfferForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """``form`` is what was typed for price and stock, when it could not be saved."""
    today = vietnam_date(now)
    page = product_page(preview_of(listing, today), now)
    record = page.product.stockrecords.all()[0]
    context = {
        "listing": listing,
        "page": page,
        "acting": acting,
        "may_publish": may_check(acting.user, listing, now),
        "may_put_back": may_be_put_back(listing, last_event(listing), now) and listing.status == "withdrawn",
        "revisions": revisions_of(listing, now),
        "history": history_of(listing),
        "certificates": papers_of(listing),
        "today": today,
        "record": record,
        "next_fix": next_fix(page),
        "quick_key": uuid4(),
        "offer": form or OfferForm(initial={"key": uuid4(), "version": record.version, "price": page.card.price}),
    }
    return render(request, "listing/overview.html", context, status=status)


@signed_in
@require_POST
def change_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Price and stock in one small form; what cannot be saved stays typed, beside what stands now."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    form = OfferForm(request.POST)
    if form.is_valid():
        try:
            set_offer(acting=acting, listing=listing, change=OfferChange(**form.cleaned_data), now=now)
            messages.success(request, _("Saved."))
            return redirect(page_before(request, otherwise=reverse("listing:overview", args=[pk])))
        except AdjustedBefore as refusal:
            messages.warning(request, str(refusal))
            return redirect("listing:overview", pk=pk)
        except ChangedMeanwhile as refusal:
            return _show(request, listing, acting, now, typed_again(form, refusal, key=str(uuid4())), status=409)
        except DomainError as refusal:
            show_refusal(form, refusal)
    return _show(request, listing, acting, now, form, status=422)


@signed_in
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever works on the listing: a second person looks at it next."""
    now = timezone.now()
    listing, acting = listing_acting(request, pk, now)
    said = _("Sent to be checked by a second person.")
    return _answer_with_listing(request, pk, said, lambda: submit_for_check(acting=acting, listing=listing, now=now))


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


def _answer_with_listing(request: HttpRequest, pk: int, said: str, act: Callable[[], Any]) -> HttpResponse:
    """Do it, or say why not; the listing's page follows in both cases."""
    try:
        act()
        messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("listing:overview", pk=pk)
