"""The product page and the household's storefront: open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.cards import card_of, product_url, storefront_url
from catalog.photos.portraits import Portraits, portraits_of
from catalog.storefront.product_page import product_page, surroundings_of
from catalog.storefront.selectors import (
    harvest_of,
    listing_on_page,
    listings_of_storefront,
    storefront_of_gone_listing,
    storefront_with_place,
)
from catalog.storefront.standing import standing_of
from catalog.storefront.structured_data import absolute, as_script, breadcrumbs, organization, product_data
from catalog.storefront.voices import voices_of_household, voices_of_listing
from core.editions import kept_for_edition
from core.paging import page_of
from core.periods import vietnam_date

CARDS_ON_A_PAGE = 24


@require_safe
def product_detail(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """One listing; an old or mistyped name in the address leads to the right one."""
    now = timezone.now()
    listing = listing_on_page(pk, vietnam_date(now))
    if listing is None:
        return _gone(request, pk)
    if product_slug != listing.slug:
        return HttpResponsePermanentRedirect(product_url(listing.slug, pk))
    page = product_page(listing, now)
    context = {
        "page": page,
        "around": kept_for_edition(f"surroundings:{pk}", lambda: surroundings_of(page, now)),
        "canonical": absolute(page.card.url),
        "structured": [as_script(product_data(page)), as_script(breadcrumbs(page))],
        "voices": voices_of_listing(pk),
        "standing": standing_of(listing.household),
    }
    if page.pictures:
        context["share_picture"] = absolute(page.pictures[0]["large"])
    return render(request, "storefront/product.html", context)


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """An address shared while it was on sale still leads somewhere."""
    household = storefront_of_gone_listing(pk)
    if household is None:
        raise Http404
    context = {"household": household, "storefront_url": storefront_url(household.slug, household.code)}
    return render(request, "storefront/gone.html", context, status=410)


@require_safe
def household_storefront(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What one household sells."""
    household = storefront_with_place(code)
    if household is None:
        raise Http404
    address = storefront_url(household.slug, household.code)
    if slug != household.slug:
        return HttpResponsePermanentRedirect(address)
    now = timezone.now()
    listings = listings_of_storefront(household, vietnam_date(now))
    page = page_of(request, listings, per_page=CARDS_ON_A_PAGE)
    context = {
        "household": household,
        "portraits": portraits_of([household.pk]).get(household.pk, Portraits()),
        "months": harvest_of(household),
        "structured": [as_script(organization(household))],
        "cards": [card_of(listing, now) for listing in page],
        "page_obj": page,
        "canonical": absolute(address),
        "voices": voices_of_household(household),
        "standing": standing_of(household),
    }
    return render(request, "storefront/household.html", context)
