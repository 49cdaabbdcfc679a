"""What other search engines should know of: the home page, kinds of produce, listings on sale and open storefronts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from catalog.cards import product_url, storefront_url
from catalog.models import Category, Product
from catalog.selectors import category_tree, published_listings
from catalog.storefront.selectors import open_storefronts
from households.models import Household

PER_FILE = 5_000
Item = TypeVar("Item")


class Ours(Sitemap[Item]):
    """Under the site's own name, whatever the table of sites says; two queries a file, however many rows."""

    limit = PER_FILE

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(Ours[str]):
    def items(self) -> list[str]:
        return ["/"]

    def location(self, item: str) -> str:
        return item


class Categories(Ours[Category]):
    def items(self) -> list[Category]:
        return category_tree()

    def location(self, item: Category) -> str:
        return reverse("catalogue:category", args=[item.slug, item.pk])


class Listings(Ours[Product]):
    def items(self) -> QuerySet[Product]:
        return published_listings().only("slug", "date_updated").order_by("pk")

    def location(self, item: Product) -> str:
        return product_url(item.slug, item.pk)

    def lastmod(self, item: Product) -> datetime:
        return item.date_updated

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django would read every row."""
        latest: datetime | None = self.items().aggregate(latest=Max("date_updated"))["latest"]
        return latest


class Storefronts(Ours[Household]):
    def items(self) -> QuerySet[Household]:
        return open_storefronts().only("slug", "code").order_by("pk")

    def location(self, item: Household) -> str:
        return storefront_url(item.slug, item.code)


SITEMAPS: dict[str, type[Ours[Any]]] = {
    "trang": Pages,
    "danh-muc": Categories,
    "san-pham": Listings,
    "gian-hang": Storefronts,
}
