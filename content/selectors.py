"""Reading for pages: links to places and categories, a province's seasons and households, guides by audience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from catalog.cards import ListingCard, card_of
from catalog.models import Category
from catalog.selectors import harvested_in, published_listings, with_card_data
from content.paths import category_path, province_path
from households.models import Household, Province
from marketplace.core.periods import vietnam_date


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str


@dataclass(slots=True)
class CalendarRow:
    """When a category of a province's listings is harvested."""

    name: str
    months: set[int] = field(default_factory=set)


def root_categories() -> list[Link]:
    roots = Category.objects.filter(is_public=True, depth=1).order_by("path")
    return [Link(category.local_name, category_path(category.slug, category.pk)) for category in roots]


def current_provinces() -> QuerySet[Province, Any]:
    return Province.objects.filter(valid_until=None).order_by("folded")


def province_links() -> list[Link]:
    return [Link(province.name, province_path(province.slug)) for province in current_provinces()]


def listings_of_province(code: str, now: datetime, most: int) -> list[ListingCard]:
    """What grows there: the harvest of this month first, then the newest."""
    there = published_listings().filter(origin_commune__province=code).order_by("-published_at", "-pk")
    ready = list(harvested_in(there, vietnam_date(now).month).values_list("pk", flat=True)[:most])
    others = list(there.exclude(pk__in=ready).values_list("pk", flat=True)[: most - len(ready)])
    rows = with_card_data(published_listings().filter(pk__in=ready + others), vietnam_date(now))
    cards = {listing.pk: card_of(listing, now) for listing in rows}
    return [cards[pk] for pk in ready + others if pk in cards]


def seasonal_calendar(code: str) -> list[CalendarRow]:
    """Each category with the months in which a listing of the province is harvested: one query, a row per season."""
    seasons = (
        published_listings()
        .filter(origin_commune__province=code)
        .exclude(harvest_months=[])
        .values_list("categories__path", "categories__name", "categories__name_en", "harvest_months")
        .distinct()
    )
    rows: dict[str, CalendarRow] = {}
    for path, name, name_en, months in sorted(seasons, key=lambda season: str(season[0])):
        if path:
            row = rows.setdefault(path, CalendarRow(Category(name=name, name_en=name_en).local_name))
            row.months.update(months)
    return list(rows.values())


def households_of_province(code: str, most: int) -> list[Household]:
    """Open storefronts with something on sale, the longest-standing first."""
    selling = published_listings().filter(origin_commune__province=code).values("household")
    return list(
        Household.objects.filter(pk__in=selling, commune__province=code)
        .select_related("commune")
        .order_by("opened_at", "pk")[:most]
    )
