"""Reading the catalogue: what is on sale, with all that a card or a page shows in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from catalog.certificates.selectors import with_badges, with_papers
from catalog.models import Category, ListingStatus, Photo, Product
from households.access import public_storefront


def published_listings() -> QuerySet[Product]:
    """What buyers may see: on sale, in an open storefront of an open account."""
    return Product.objects.filter(public_storefront("household__"), status=ListingStatus.PUBLISHED)


def with_card_data(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """All that ``catalog.cards.card_of`` reads: four queries, whatever the number of listings."""
    rows = listings.select_related("household", "origin_commune__province")
    return with_badges(rows.prefetch_related("stockrecords", ready_photos()), today)


def with_page_data(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """The same, with the papers and the place of the household, for a listing's own page: five queries.

    The stars are read off the papers: asking for them in the same statement costs more than all else of the page.
    """
    rows = listings.select_related("household__commune__province", "origin_commune__province")
    return with_papers(rows.prefetch_related("stockrecords", ready_photos()), today)


def ready_photos() -> Prefetch[str, QuerySet[Photo], str]:
    return Prefetch("photos", Photo.objects.filter(failure="").exclude(widths=[]), to_attr="ready_photos")


def category_tree() -> list[Category]:
    """The public categories in tree order, each with its ``depth``: one query."""
    return list(Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path"))


def branch_of(listing_id: int) -> list[Category]:
    """From the root of the tree down to the listing's category: one query."""
    leaf = Category.objects.filter(product=listing_id).order_by("path").values("path")[:1]
    return list(Category.objects.alias(leaf=Subquery(leaf)).filter(leaf__startswith=F("path")).order_by("path"))


def harvested_in(listings: QuerySet[Product], month: int) -> QuerySet[Product]:
    """Those whose harvest months hold this month; read as text, because SQLite cannot look into a JSON list."""
    return listings.alias(months=Cast("harvest_months", TextField())).filter(months__regex=rf"[\[ ]{month}[,\]]")


def in_category(listings: QuerySet[Product], code: str) -> QuerySet[Product]:
    """Those of the category with this code or of one below it."""
    branch = Category.objects.filter(code=code).values("path")[:1]
    return listings.filter(Exists(Category.objects.filter(product=OuterRef("pk"), path__startswith=Subquery(branch))))
