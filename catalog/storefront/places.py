"""What a commune has on sale, who grows it, and when it is harvested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from catalog.cards import ListingCard, card_of
from catalog.models import Category, Product
from catalog.photos.portraits import Portraits, portraits_of
from catalog.selectors import published_listings, with_card_data
from catalog.storefront.selectors import open_storefronts
from core.name_order import by_name
from core.periods import vietnam_date
from households.models import Commune, Household

MAX_CARDS = 24
MAX_HOUSEHOLDS = 24


@dataclass(frozen=True, slots=True)
class SellerCard:
    """A household as lists of people show it; ``listings`` is how many it has on sale."""

    household: Household
    portraits: Portraits
    listings: int


@dataclass(frozen=True, slots=True)
class SeasonRow:
    name: str
    months: tuple[int, ...]


def listings_of_commune(commune: Commune) -> QuerySet[Product]:
    return published_listings().filter(origin_commune=commune)


def newest_cards(listings: QuerySet[Product], now: datetime) -> list[ListingCard]:
    """The last put on sale: four queries."""
    newest = with_card_data(listings.order_by("-published_at", "-pk")[:MAX_CARDS], vietnam_date(now))
    return [card_of(listing, now) for listing in newest]


def sellers_of(households: QuerySet[Household], most: int = MAX_HOUSEHOLDS) -> list[SellerCard]:
    """Of these, the open storefronts with something on sale, the longest-standing first: three queries."""
    selling = Exists(published_listings().filter(household=OuterRef("pk")))
    rows = list(
        households.filter(selling, pk__in=open_storefronts().values("pk"))
        .select_related("commune__province")
        .order_by("opened_at", "pk")[:most]
    )
    keys = [household.pk for household in rows]
    counted = published_listings().filter(household__in=keys).order_by().values_list("household")
    counts = dict(counted.annotate(count=Count("pk")))
    portraits = portraits_of(keys)
    return [SellerCard(each, portraits.get(each.pk, Portraits()), counts.get(each.pk, 0)) for each in rows]


def seasons_of(listings: QuerySet[Product]) -> list[SeasonRow]:
    """Each category with the months in which one of these listings is harvested: one query."""
    found: dict[str, tuple[str, set[int]]] = {}
    rows = (
        listings.exclude(harvest_months=[])
        .order_by()
        .values_list("categories__path", "categories__name", "categories__name_en", "harvest_months")
        .distinct()
    )
    for path, name, name_en, months in sorted(rows, key=lambda row: str(row[0])):
        if path:
            found.setdefault(path, (Category(name=name, name_en=name_en).local_name, set()))[1].update(months)
    return [SeasonRow(name, tuple(sorted(months))) for name, months in found.values()]


def communes_with_goods(province_code: str) -> list[tuple[Commune, int]]:
    """The communes of a province from which something is on sale, with how much: two queries."""
    grown = published_listings().filter(origin_commune__province=province_code).order_by()
    counts = dict(grown.values_list("origin_commune").annotate(count=Count("pk")))
    communes = Commune.objects.filter(pk__in=counts).order_by(by_name("name"), "pk")
    return [(commune, counts[commune.pk]) for commune in communes]
