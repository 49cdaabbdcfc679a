"""Reading the catalogue: what is on sale, with all that a card or a page shows in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from catalog.models import (
    Category,
    Certificate,
    ListingStatus,
    OcopCertificate,
    Photo,
    Product,
    QualityCertificate,
)

C = TypeVar("C", bound=Certificate)


def published_listings() -> QuerySet[Product]:
    """What buyers may see: on sale, in an open storefront of an account that is not closed."""
    return Product.objects.filter(
        status=ListingStatus.PUBLISHED, household__is_selling=True, household__closed_at__isnull=True
    )


def with_card_data(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """All that ``catalog.cards.card_of`` reads: four queries, whatever the number of listings."""
    best = valid_on(OcopCertificate.objects.filter(product=OuterRef("pk")), today).order_by("-stars").values("stars")
    quality = valid_on(QualityCertificate.objects.order_by("-expiry_date", "pk"), today)
    return (
        listings.select_related("household", "origin_commune__province")
        .annotate(valid_stars=Coalesce(Subquery(best[:1]), 0))
        .prefetch_related(
            "stockrecords", ready_photos(), Prefetch("quality_certificates", quality, to_attr="valid_quality")
        )
    )


def with_page_data(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """The same and what only a listing's own page shows: five queries."""
    ocop = valid_on(OcopCertificate.objects.order_by("-stars"), today)
    return (
        with_card_data(listings, today)
        .select_related("household__commune__province")
        .prefetch_related(Prefetch("ocop_certificates", ocop, to_attr="valid_ocop"))
    )


def ready_photos() -> Prefetch[str, QuerySet[Photo], str]:
    return Prefetch("photos", Photo.objects.exclude(widths=[]), to_attr="ready_photos")


def valid_on(certificates: QuerySet[C], today: date) -> QuerySet[C]:
    """Confirmed by an operator and valid on this day: the only ones that are shown, searched, counted or ranked."""
    return certificates.filter(issued_date__lte=today, expiry_date__gte=today, confirmed_at__isnull=False)


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
