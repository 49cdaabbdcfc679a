"""The search port: the words in which the site asks an engine, and what an engine answers.

How a buyer's words reach an engine:

1. ``search.language`` analyses the text (``AnalysedQuery``, defined there) and plans stages: as typed, decoded, repaired,
   relaxed.
2. ``search.matching`` turns one stage into a ``Clause`` (``search.clauses``): which fields, which scores.
3. an adapter in ``search.engines`` runs the ``Question`` and returns an ``Answer``.

What ``search.matching`` expects of an analysed query (``search.language.query``)::

    Word(folded="rieng", exact="riêng" or "")      exact is empty where the buyer typed the word without tones
    Saying(words=(Word, …), weight=1.0)            one way of saying it; synonyms weigh less and must stand side by side
    Slot(sayings=(Saying, …))                      any saying fulfils the slot; the first is what was typed
    AnalysedQuery(slots=(Slot, …), needed=len(slots), prefix=False, grams=None | int,
                  provinces=(codes), communes=(codes))

``needed`` is lower than the number of slots in a relaxed stage. ``prefix`` means that the last typed word may be unfinished
(suggestions while typing). ``grams`` is a weight that was understood ("5kg"): listings of that weight come first.
``provinces``/``communes`` are places that were understood, also by their former names: a bonus, never a filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.clauses import Clause
from search.documents import ListingDocument, Signpost


class SearchUnavailable(Exception):
    """The engine cannot be asked now, or answered something that cannot be right. Ask another, try again later."""


class Facet(StrEnum):
    """What results can be narrowed by; the value is the keyword field in the index."""

    CATEGORY = "category_ids"
    PROVINCE = "province_code"
    COMMUNE = "commune_code"
    HOUSEHOLD = "household_code"
    PRICE = "price_band"
    OCOP = "ocop_stars"
    SEASON = "harvest_months"
    CERTIFICATE = "certificates"
    DELIVERY = "delivers_to"
    STOCK = "stock"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to an engine. Choices of one facet widen each other, choices of different facets narrow."""

    clause: Clause
    choices: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 24


@dataclass(frozen=True, slots=True)
class Hit:
    document: ListingDocument
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``counts``: for each facet asked, how many results each value would give under the choices of the other facets."""

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    listings: tuple[ListingDocument, ...] = ()
    signposts: tuple[Signpost, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How many listings say each word, and each pair of neighbouring words ("sầu riêng"), with tones, in title or category."""

    words: Counter[str]
    pairs: Counter[str]


class SearchEngine(Protocol):
    """Reading. Every method raises SearchUnavailable instead of an engine's own errors."""

    name: str

    def search(self, question: Question) -> Answer: ...

    def suggest(self, listings: Clause, signposts: Clause, limit: int) -> Suggestions:
        """Both kinds in one round trip."""
        ...

    def vocabulary(self) -> Vocabulary: ...

    def versions(self) -> Mapping[str, tuple[int, str]]:
        """Every indexed sku with its version and fingerprint, for the comparison with the database."""
        ...


class IndexBuild(Protocol):
    """An index that is being filled beside the live one."""

    def write(self, documents: Iterable[ListingDocument]) -> int: ...

    def publish(self) -> None:
        """Make it the live index, in one step, and drop older ones but the last."""
        ...

    def discard(self) -> None: ...


class IndexWriter(Protocol):
    """Writing to the live index. Repeating a write changes nothing; an older version never replaces a newer one."""

    name: str

    def write(self, documents: Iterable[ListingDocument]) -> int: ...

    def delete(self, skus: Mapping[str, int]) -> int:
        """Remove these; the number is the version of the removal."""
        ...

    def start_build(self, signposts: Iterable[Signpost]) -> IndexBuild: ...
