"""The rows behind a product page and a storefront, each in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from catalog.models import Product
from catalog.selectors import published_listings, with_card_data, with_page_data
from core.name_order import by_name
from households.access import public_storefront
from households.models import Household

MAX_SEASONS = 12
"""Rows of a household's calendar."""


def listing_on_page(product_id: int, today: date) -> Product | None:
    """A listing on sale with everything its page shows: five queries."""
    return next(iter(_listings_on_pages(today).filter(pk=product_id)), None)


@lru_cache(maxsize=2)
def _listings_on_pages(today: date) -> QuerySet[Product]:
    """What a page asks, put together once a day: that takes longer than the answer. Never read itself."""
    return with_page_data(published_listings(), today).select_related("household__track_record").order_by()


def storefront_of_gone_listing(product_id: int) -> Household | None:
    """The storefront that once sold this listing. None if it was never on sale or the storefront has closed."""
    return open_storefronts().filter(products=product_id, products__published_at__isnull=False).first()


def open_storefronts() -> QuerySet[Household]:
    return Household.objects.filter(public_storefront())


def storefront_with_place(code: str) -> Household | None:
    return open_storefronts().select_related("commune__province", "track_record").filter(code=code).first()


def listings_of_storefront(household: Household, today: date) -> QuerySet[Product]:
    """The household's listings on sale, newest first, with their card data: four queries a page."""
    listings = published_listings().filter(household=household).order_by("-published_at", "-pk")
    return with_card_data(listings, today)


def harvest_of(household: Household) -> list[tuple[str, list[int]]]:
    """What the household has on sale that has a season: title and harvest months, one query."""
    seasonal = published_listings().filter(household=household).exclude(harvest_months=[])
    return list(seasonal.order_by(by_name("title"), "pk").values_list("title", "harvest_months")[:MAX_SEASONS])
