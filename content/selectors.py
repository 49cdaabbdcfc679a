"""Reading for pages: links to places and categories, a province's seasons and households, guides by audience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from catalog.cards import ListingCard, card_of
from catalog.models import Category, Product
from catalog.selectors import harvested_in, published_listings, with_card_data
from catalog.storefront.places import SellerCard, sellers_of
from content.paths import category_path, province_path
from core.name_order import by_name
from core.periods import vietnam_date
from households.models import Commune, Household, Province


@dataclass(frozen=True, slots=True)
class Link:
    """``icon`` is a symbol of static/img/kinds.svg; ``count`` how many listings are on sale behind the link."""

    name: str
    url: str
    icon: str = ""
    count: int = 0


@dataclass(slots=True)
class CalendarRow:
    """When a category of a province's listings is harvested."""

    name: str
    months: set[int] = field(default_factory=set)


def root_categories() -> list[Link]:
    roots = Category.objects.filter(is_public=True, depth=1).order_by("path")
    return [
        Link(category.local_name, category_path(category.slug, category.pk), category.code or "") for category in roots
    ]


def current_provinces() -> QuerySet[Province, Any]:
    return Province.objects.filter(valid_until=None).order_by(by_name("name"))


def province_links() -> list[Link]:
    """The provinces that have something on sale, with how much: two queries."""
    counts = listings_by_province()
    return [
        Link(province.name, province_path(province.slug), count=counts[province.code])
        for province in current_provinces()
        if province.code in counts
    ]


def listings_by_province() -> dict[str, int]:
    """How many listings are on sale from each province that has any, by its code."""
    grown = published_listings().order_by().values_list("origin_commune__province").annotate(count=Count("pk"))
    return dict(grown)


def communes_of(code: str) -> QuerySet[Commune]:
    """Asked for as a list, so that the database starts from these few communes and not from all that is on sale."""
    return Commune.objects.filter(province=code)


def grown_in(code: str) -> QuerySet[Product]:
    return published_listings().filter(origin_commune__in=communes_of(code))


def listings_of_province(code: str, now: datetime, most: int) -> list[ListingCard]:
    """What grows there: the harvest of this month first, then the newest."""
    there = grown_in(code).order_by("-published_at", "-pk")
    ready = list(harvested_in(there, vietnam_date(now).month).values_list("pk", flat=True)[:most])
    others = list(there.exclude(pk__in=ready).values_list("pk", flat=True)[: most - len(ready)])
    rows = with_card_data(published_listings().filter(pk__in=ready + others), vietnam_date(now))
    cards = {listing.pk: card_of(listing, now) for listing in rows}
    return [cards[pk] for pk in ready + others if pk in cards]


def seasonal_calendar(code: str) -> list[CalendarRow]:
    """Each category with the months in which a listing of the province is harvested: one query, a row per season."""
    seasons = (
        grown_in(code)
        .exclude(harvest_months=[])
        .order_by()
        .values_list("categories__path", "categories__name", "categories__name_en", "harvest_months")
        .distinct()
    )
    rows: dict[str, CalendarRow] = {}
    for path, name, name_en, months in sorted(seasons, key=lambda season: str(season[0])):
        if path:
            row = rows.setdefault(path, CalendarRow(Category(name=name, name_en=name_en).local_name))
            row.months.update(months)
    return list(rows.values())


def sellers_of_province(code: str, most: int) -> list[SellerCard]:
    """Open storefronts with something on sale, the longest-standing first: three queries."""
    return sellers_of(Household.objects.filter(commune__in=communes_of(code)), most)
