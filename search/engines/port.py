"""The port: what the site asks an engine, and what an engine answers.

How a buyer's words become a question:

1. ``search.language`` analyses the text and yields steps (as typed, decoded, repaired, relaxed), each with a
   ``Clause`` (``search.language.clauses``): what must match, and what each match is worth. Scores are constants, so
   that both engines order alike and every order can be explained.
2. ``search.asking.ranking`` adds what is known beside the words (stock, season, nearness, trust, freshness).
3. an adapter in ``search.engines`` translates the clause, runs the ``Question`` and returns an ``Answer``.

The text of documents and of queries goes through ``search.language.normal``; the engines only split at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from search.engines.documents import ListingDocument, Signpost
from search.language.clauses import Clause, within_bounds
from search.language.vocabulary import Vocabulary


class SearchUnavailable(Exception):
    """The engine does not answer, or answers something that cannot be right. Another engine is asked; this one
    later."""


class NotBuilt(SearchUnavailable):
    """There is no index yet; the first start builds it."""


class BadQuestion(Exception):
    """The engine is well but refuses this question. The fault is ours, so asking again changes nothing."""


class Facet(StrEnum):
    """What results can be narrowed by; the value is the name of the keyword field."""

    CATEGORY = "category_ids"
    PROVINCE = "province_code"
    COMMUNE = "commune_code"
    HOUSEHOLD = "household_code"
    PRICE = "price_band"
    OCOP = "ocop_stars"
    SEASON = "season_months"
    CERTIFICATE = "certificates"
    DELIVERY = "delivers_to"
    STOCK = "stock"
    # Of the listing's properties (``catalog.properties``), under their names there.
    STORAGE = "storage"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to an engine. A listing must have one of the values chosen of each facet. Prices are whole dong."""

    clause: Clause
    choices: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 24

    def __post_init__(self) -> None:
        object.__setattr__(self, "price_from", within_bounds(self.price_from))
        object.__setattr__(self, "price_to", within_bounds(self.price_to))


def exact(score: float) -> float:
    """A score rounded to three decimals, because engines add in single precision and each in an order of its own."""
    return round(score, 3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that matches, before its document is read. Only the engine that gave ``ref`` understands it."""

    ref: Any
    score: float
    seller: int
    """Equal for listings of one household; it means nothing else."""
    order: int = 0
    """The place among candidates of the same score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``counts``: for each facet that was asked for, the number of listings with each value, under the choices of the
    other facets."""

    candidates: tuple[Candidate, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    listings: tuple[ListingDocument, ...] = ()
    signposts: tuple[Signpost, ...] = ()


class SearchEngine(Protocol):
    """Reading an index. Every method raises SearchUnavailable in place of an engine's own errors, or BadQuestion where
    the engine refuses the question."""

    name: str

    def search(self, question: Question) -> Answer: ...

    def fetch(self, candidates: Sequence[Candidate]) -> tuple[ListingDocument, ...]:
        """The documents of these candidates, in this order; one that is gone by now is left out."""
        ...

    def suggest(self, listings: Clause, signposts: Clause, limit: int) -> Suggestions:
        """The first listings and the fullest signposts that match, in one round trip."""
        ...

    def vocabulary(self) -> Vocabulary:
        """The words, pairs and heads of all indexed titles and categories, counted by listing."""
        ...

    def fingerprints(self) -> Mapping[str, str]:
        """Every indexed sku with the fingerprint of its document, for the comparison with the database."""
        ...

    def signposts(self) -> tuple[Signpost, ...]:
        """All that are indexed."""
        ...

    def require_server(self) -> None:
        """Raise SearchUnavailable when the engine's server does not answer. An engine within this process has none."""
        ...

    def verify(self) -> None:
        """SearchUnavailable when the live index was not made by this code or cannot be looked at."""
        ...


class IndexBuild(Protocol):
    """An index that is being filled beside the live one."""

    def write(self, documents: Iterable[ListingDocument]) -> int: ...

    def remove(self, skus: Iterable[str], version: int) -> int: ...

    def write_signposts(self, signposts: Iterable[Signpost]) -> int: ...

    def publish(self) -> None:
        """Make it the live index, in one step; the one before is kept, older ones go."""
        ...

    def discard(self) -> None: ...


class IndexWriter(Protocol):
    """Writing to the live index. Repeating a write changes nothing; an older version never replaces a newer one."""

    name: str

    def write(self, documents: Iterable[ListingDocument]) -> int: ...

    def write_signposts(self, signposts: Iterable[Signpost]) -> int: ...

    def remove(self, keys: Iterable[str], version: int) -> int:
        """Listings by their sku, signposts by their key (``search.engines.fields.signpost_key``)."""
        ...

    def start_build(self) -> IndexBuild: ...
