"""What other search engines should know of: published pages, and the kinds, listings, storefronts and communes of what
is on sale."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse

from catalog.cards import product_url, storefront_url
from catalog.models import Category, Product
from catalog.selectors import category_tree, published_listings
from catalog.storefront.place_views import commune_address
from catalog.storefront.selectors import open_storefronts
from content.public_pages import public_pages
from households.models import Commune, Household

PER_FILE = 5_000
Item = TypeVar("Item")


class Ours(Sitemap[Item]):
    """Under the site's own name, whatever the table of sites says; two queries a file, however many rows."""

    limit = PER_FILE

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(Ours[tuple[str, datetime | None]]):
    def items(self) -> list[tuple[str, datetime | None]]:
        return public_pages()

    def location(self, item: tuple[str, datetime | None]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


class Categories(Ours[Category]):
    def items(self) -> list[Category]:
        """Those with something on sale in them or below them."""
        filled = set(published_listings().order_by().values_list("categories__path", flat=True).distinct())
        return [kind for kind in category_tree() if any(path and path.startswith(kind.path) for path in filled)]

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
        """Those with something on sale."""
        selling = Exists(published_listings().filter(household=OuterRef("pk")))
        return open_storefronts().filter(selling).only("slug", "code").order_by("pk")

    def location(self, item: Household) -> str:
        return storefront_url(item.slug, item.code)


class Communes(Ours[Commune]):
    def items(self) -> QuerySet[Commune]:
        """Those from which something is on sale."""
        growing = Exists(published_listings().filter(origin_commune=OuterRef("pk")))
        return Commune.objects.filter(growing, valid_until=None).only("slug", "code").order_by("pk")

    def location(self, item: Commune) -> str:
        return commune_address(item)


SITEMAPS: dict[str, type[Ours[Any]]] = {
    "trang": Pages,
    "danh-muc": Categories,
    "san-pham": Listings,
    "gian-hang": Storefronts,
    "xa": Communes,
}
