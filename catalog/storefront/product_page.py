"""All that the product page says, as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from catalog.cards import ListingCard, card_of, is_in_season
from catalog.certificates.selectors import valid_papers_of
from catalog.models import Category, Certificate, Product
from catalog.photos.picture import Picture, picture_of
from catalog.photos.portraits import Portraits, portraits_of
from catalog.properties import page_rows
from catalog.selectors import branch_of, published_listings, with_card_data
from catalog.units import SaleUnit
from core.periods import vietnam_date

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_AT_ONCE = 999
MAX_BESIDE = 6
"""Other listings in a row below a listing: of the same household, and of the same kind."""
LOOK_AMONG = 30
"""So many of the newest of the same kind are looked at for what is in season."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """``available`` is what can be ordered now, in sale units; ``most_at_once`` bounds the quantity field.

    ``rows``: label and text of each property that stands among the facts (``catalog.properties``).
    """

    card: ListingCard
    product: Product
    pictures: tuple[Picture, ...]
    branch: tuple[Category, ...]
    available: int
    most_at_once: int
    unit_name: Any
    rows: tuple[tuple[StrOrPromise, str], ...]
    certificates: tuple[Certificate, ...]


def product_page(product: Product, now: datetime) -> ProductPage:
    """The page of a product read through ``listing_on_page``."""
    read: Any = product  # with the prefetched lists
    record = read.stockrecords.all()[0]
    available = max(record.num_in_stock - (record.num_allocated or 0), 0)
    return ProductPage(
        card=card_of(product, now),
        product=product,
        pictures=tuple(picture_of(photo, product.title) for photo in read.ready_photos),
        branch=tuple(branch_of(product.pk)),
        available=available,
        most_at_once=min(available, MAX_AT_ONCE),
        unit_name=SaleUnit(product.sale_unit).label,
        rows=page_rows(product),
        certificates=valid_papers_of(product),
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands below a listing: the household's pictures, its other listings, and similar ones of others."""

    portraits: Portraits
    of_household: tuple[ListingCard, ...]
    similar: tuple[ListingCard, ...]


def surroundings_of(page: ProductPage, now: datetime) -> Surroundings:
    """Seven queries: the pictures, the two choices, and four for all cards."""
    seller = page.product.household
    others = published_listings().exclude(pk=page.product.pk).order_by("-published_at", "-pk")
    own = list(others.filter(household=seller).values_list("pk", flat=True)[:MAX_BESIDE])
    similar = _similar(page, others.exclude(household=seller), now)
    rows = with_card_data(published_listings().filter(pk__in=own + similar), vietnam_date(now))
    cards = {listing.pk: card_of(listing, now) for listing in rows}
    return Surroundings(
        portraits=portraits_of([seller.pk]).get(seller.pk, Portraits()),
        of_household=tuple(cards[pk] for pk in own if pk in cards),
        similar=tuple(cards[pk] for pk in similar if pk in cards),
    )


def _similar(page: ProductPage, others: QuerySet[Product], now: datetime) -> list[int]:
    """Listings of the branch right above this one's category: what is in season first, one of each household first."""
    if not page.branch:
        return []
    above = page.branch[max(len(page.branch) - 2, 0)]
    alike = others.filter(Exists(Category.objects.filter(product=OuterRef("pk"), path__startswith=above.path)))
    rows = list(alike.values_list("pk", "household", "harvest_months")[:LOOK_AMONG])
    taken: Counter[int] = Counter()
    ranked = []
    for place, (pk, household, months) in enumerate(rows):
        ranked.append((taken[household], not is_in_season(months, now), place, pk))
        taken[household] += 1
    return [pk for *_rank, pk in sorted(ranked)[:MAX_BESIDE]]
