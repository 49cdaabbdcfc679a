"""Who gets the first page: its places by size of household, beside the listings that each size has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from search.engines.documents import ListingDocument

SIZES = {"1 to 3 listings": 3, "4 to 20": 20, "more than 20": 10**9}


@dataclass(frozen=True, slots=True)
class Share:
    """Of one size of household, in percent: of the households, of the listings found, of the first-page places."""

    size: str
    households: float
    listings: float
    places: float


def size_of(listings: int) -> str:
    return next(name for name, most in SIZES.items() if listings <= most)


def shares(
    own: Mapping[str, int],
    queries: Iterable[str],
    first_page: Callable[[str], Iterable[ListingDocument]],
    every_match: Callable[[str], Mapping[str, int]],
) -> list[Share]:
    """``own``: listings of each household. Only households that have something for a query count for it."""
    households: Counter[str] = Counter()
    listings: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for query in queries:
        for household, count in every_match(query).items():
            households[size_of(own[household])] += 1
            listings[size_of(own[household])] += count
        places.update(size_of(own[listing.household.key]) for listing in first_page(query))
    return [Share(size, _percent(households, size), _percent(listings, size), _percent(places, size)) for size in SIZES]


def largest_share(pages: Iterable[Iterable[ListingDocument]]) -> float:
    """How much of a first page its most present household holds, on average, in percent."""
    held = []
    for page in pages:
        sellers = Counter(listing.household.key for listing in page)
        if sellers:
            held.append(100 * max(sellers.values()) / sellers.total())
    return round(sum(held) / len(held), 1) if held else 0.0


def _percent(counted: Counter[str], size: str) -> float:
    return round(100 * counted[size] / counted.total(), 1) if counted else 0.0
