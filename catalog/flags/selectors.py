"""Reports of listings that wait for an operator."""

from __future__ import annotations

from django.db.models import Count, Min, Q, QuerySet

from catalog.flags.models import ListingFlag
from catalog.models import Product


def flagged_listings() -> QuerySet[Product]:
    """Listings with open reports, the longest-waiting first; each with ``open_flags`` and ``flagged_since``."""
    is_open = Q(flags__outcome=ListingFlag.Outcome.OPEN)
    listings = Product.objects.filter(is_open).select_related("household__commune__province")
    counted = listings.annotate(
        open_flags=Count("flags", filter=is_open), flagged_since=Min("flags__flagged_at", filter=is_open)
    )
    return counted.order_by("flagged_since", "pk")


def open_flags_of(listing: Product) -> list[ListingFlag]:
    flags = ListingFlag.objects.filter(listing=listing, outcome=ListingFlag.Outcome.OPEN)
    return list(flags.select_related("flagged_by"))
