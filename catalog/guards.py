"""What stands before the listing pages: what is not a person's to work on does not exist for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.guards import signed_in, stop_before_staff_page, user_of
from catalog.access import listings_to_check, revisions_to_check, visible_revisions
from catalog.models import ListingRevision, ListingStatus, Product
from households.access import Acting, NotAllowed, drafting_for
from households.models import Household

View = Callable[..., HttpResponseBase]


def household_acting(request: HttpRequest, code: str, now: datetime) -> Acting:
    """Acting for the household of this code. Raises Http404 when the person may not draft listings for it."""
    return _acting(request, get_object_or_404(Household.objects.select_related("commune__province"), code=code), now)


def listing_acting(request: HttpRequest, pk: int, now: datetime) -> tuple[Product, Acting]:
    """A listing with the right to work on it. Raises Http404 without that right.

    While the mandate is a paper that waits, a team reaches drafts alone.
    """
    listing: Product = get_object_or_404(Product.objects.select_related("household"), pk=pk)
    acting = _acting(request, listing.household, now)
    if acting.drafts_only and listing.status != ListingStatus.DRAFT:
        raise Http404
    return listing, acting


def _acting(request: HttpRequest, household: Household, now: datetime) -> Acting:
    try:
        return drafting_for(user_of(request), household, now)
    except NotAllowed as refusal:
        raise Http404 from refusal


def listing_to_check(request: HttpRequest, pk: int, now: datetime) -> Product:
    """A listing that waits for a check by this person. Raises Http404 for any other."""
    return get_object_or_404(listings_to_check(user_of(request), now).select_related("household"), pk=pk)


def revision_seen(request: HttpRequest, pk: int, now: datetime) -> ListingRevision:
    """A change of a listing that this person may edit, or any as an operator. Raises Http404 for any other."""
    return get_object_or_404(_with_listing(visible_revisions(user_of(request), now)), pk=pk)


def revision_to_check(request: HttpRequest, pk: int, now: datetime) -> ListingRevision:
    """A change that waits for a check by this person. Raises Http404 for any other."""
    return get_object_or_404(_with_listing(revisions_to_check(user_of(request), now)), pk=pk)


def _with_listing(revisions: QuerySet[ListingRevision]) -> QuerySet[ListingRevision]:
    return revisions.select_related("listing__household", "author", "team")


def checkers_only(view: View) -> View:
    """Signed in; staff, whose right to check reaches every household, with their second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stop = stop_before_staff_page(request) if user_of(request).is_staff else None
        return stop or view(request, *args, **kwargs)

    return signed_in(guarded)
