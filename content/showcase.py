"""Live product blocks: each rule becomes a few listings; all cards of a page are read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from catalog.cards import ListingCard, card_of
from catalog.models import Product
from catalog.selectors import harvested_in, in_category, published_listings, with_card_data
from content.choices import Rule
from content.selectors import province_links, root_categories
from core.periods import vietnam_date

LOOK_AHEAD = 5
MAX_QUANTITY_HOUSEHOLD = 2

Block = Any  # a bound block of a stream: ``block_type``, ``value``, ``id``


@dataclass(frozen=True, slots=True)
class Section:
    """One block with the rows it shows: listings, categories or provinces."""

    block: Block
    rows: list[Any] = field(default_factory=list)


def sections_of(stream: Iterable[Block], now: datetime) -> list[Section]:
    """One query per rule, then four for all cards, whatever the number of listings."""
    blocks = list(stream)
    fitting: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.block_type == "products":
            shown = [pk for ids in fitting.values() for pk in ids]
            fitting[position] = _fitting_ids(block.value, shown, now)
    cards = cards_by_id([pk for ids in fitting.values() for pk in ids], now)
    found = [_section(block, [cards[pk] for pk in fitting.get(i, ()) if pk in cards]) for i, block in enumerate(blocks)]
    return [section for section in found if section.rows or section.block.block_type != "products"]


def _section(block: Block, cards: list[ListingCard]) -> Section:
    if block.block_type == "categories":
        return Section(block, list(root_categories()))
    if block.block_type == "provinces":
        return Section(block, list(province_links()))
    return Section(block, list(cards))


def _fitting_ids(value: dict[str, Any], shown: list[int], now: datetime) -> list[int]:
    """The listings an editor chose, or those that fit the block's rule and are not among ``shown``.

    A rule takes two of one household at most while others fit too.
    """
    if value["rule"] == Rule.CHOSEN:
        return [listing.pk for listing in value["chosen"] if listing is not None][: value["count"]]
    newest = _fitting(value, now).exclude(pk__in=shown).values_list("pk", "household_id")
    return _spread(list(newest[: value["count"] * LOOK_AHEAD]), value["count"])


def _spread(newest: list[tuple[int, int]], count: int) -> list[int]:
    taken: Counter[int] = Counter()
    shares: tuple[list[int], list[int]] = ([], [])
    for pk, household in newest:
        shares[taken[household] >= MAX_QUANTITY_HOUSEHOLD].append(pk)
        taken[household] += 1
    return (shares[0] + shares[1])[:count]


def _fitting(value: dict[str, Any], now: datetime) -> QuerySet[Product]:
    listings = published_listings().order_by("-published_at", "-pk")
    if value["rule"] == Rule.IN_SEASON:
        listings = harvested_in(listings, vietnam_date(now).month)
    if value.get("category"):
        listings = in_category(listings, value["category"])
    if value.get("province"):
        listings = listings.filter(origin_commune__province=value["province"])
    return listings


def cards_by_id(ids: Iterable[int], now: datetime) -> dict[int, ListingCard]:
    """The cards of those that are still on sale."""
    wanted = set(ids)
    if not wanted:
        return {}
    listings = with_card_data(published_listings().filter(pk__in=wanted), vietnam_date(now))
    return {listing.pk: card_of(listing, now) for listing in listings}
