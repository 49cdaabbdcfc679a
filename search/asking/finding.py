"""From a buyer's words to results: every page, the alerts and the relevance measurements go through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from search.asking.ranking import Situation, arranged, with_signals
from search.engines.documents import EVERYWHERE, ListingDocument
from search.engines.port import Answer, Candidate, Facet, Question, SearchEngine, Sort, Suggestions
from search.language.lexicon import Lexicon
from search.language.plan import nearby_steps, steps
from search.language.query import SearchStep
from search.language.suggesting import begun_step, prefix_steps

WINDOW = 120
"""Results are arranged within windows of this many; a window holds several whole pages."""

ENOUGH = 10
"""With fewer results than this, the page goes on with what comes near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What somebody wants to see. ``page`` begins at 1; ``WINDOW`` is a multiple of ``size``."""

    text: str = ""
    choices: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 24
    situation: Situation

    @property
    def is_narrowed(self) -> bool:
        return any(self.choices.values()) or self.price_from is not None or self.price_to is not None

    def widened(self) -> SearchRequest:
        return replace(self, choices={}, price_from=None, price_to=None, facets=(), page=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """``step`` says what was searched in the end; ``without_choices`` how much it finds if nothing is chosen."""

    listings: tuple[ListingDocument, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]
    step: SearchStep | None
    engine: str
    without_choices: int = 0
    nearby: tuple[ListingDocument, ...] = ()
    """Shown below few results under a heading of their own; not part of ``total`` and ``counts``."""


def find(engine: SearchEngine, ask: SearchRequest, lexicon: Lexicon) -> SearchResult:
    """The first step that finds something; choices that leave nothing of it do not make it a worse step."""
    first: tuple[SearchStep, Answer] | None = None
    for step in steps(ask.text, lexicon, ask.situation.month):
        answer = engine.search(_question(ask, step))
        first = first or (step, answer)
        if answer.total:
            return _with_nearby(engine, ask, _found(engine, ask, step, answer), lexicon)
        if ask.is_narrowed and (wider := engine.search(_question(ask.widened(), step)).total):
            return replace(_found(engine, ask, step, answer), without_choices=wider)
    if first is None:
        return SearchResult(listings=(), total=0, counts={}, step=None, engine=engine.name)
    return _found(engine, ask, *first)


def _with_nearby(engine: SearchEngine, ask: SearchRequest, found: SearchResult, lexicon: Lexicon) -> SearchResult:
    """The first page of few results goes on with what comes near, until there is enough to choose from."""
    if found.total >= ENOUGH or ask.page > 1 or ask.sort is not Sort.RELEVANCE or found.step is None:
        return found
    shown = {document.sku for document in found.listings}
    nearby: list[ListingDocument] = []
    for step in nearby_steps(found.step, lexicon):
        more = engine.search(replace(_question(replace(ask, facets=()), step), offset=0, limit=ask.size))
        fresh = [d for d in engine.fetch(arranged(more.candidates)) if d.sku not in shown]
        nearby += fresh
        shown.update(document.sku for document in fresh)
        if len(shown) >= ENOUGH:
            break
    return replace(found, nearby=tuple(nearby[: ask.size - len(found.listings)]))


def suggest(engine: SearchEngine, text: str, lexicon: Lexicon, situation: Situation, limit: int = 6) -> Suggestions:
    """Listings, categories and places for a text that is still being typed."""
    found = Suggestions()
    for step in prefix_steps(text, lexicon):
        found = engine.suggest(with_signals(step.clause, situation), step.clause, limit)
        if found.listings or found.signposts:
            break
    missing = limit - len(found.listings)
    if missing and (begun := begun_step(text, lexicon)):
        shown = {document.sku for document in found.listings}
        more = engine.suggest(with_signals(begun.clause, situation), begun.clause, limit).listings
        fresh = tuple(document for document in more if document.sku not in shown)
        found = replace(found, listings=found.listings + fresh[:missing])
    return found


def every_match(engine: SearchEngine, ask: SearchRequest, lexicon: Lexicon) -> Iterator[ListingDocument]:
    """Page after page of what the first fruitful step finds."""
    page = 1
    while (found := find(engine, replace(ask, page=page), lexicon)).listings:
        yield from found.listings
        page += 1


def _question(ask: SearchRequest, step: SearchStep) -> Question:
    start = (ask.page - 1) * ask.size
    by_window = ask.sort is Sort.RELEVANCE
    return Question(
        clause=with_signals(step.clause, ask.situation),
        choices=_reachable(ask.choices),
        facets=ask.facets,
        price_from=ask.price_from,
        price_to=ask.price_to,
        sort=ask.sort,
        offset=start - start % WINDOW if by_window else start,
        limit=WINDOW if by_window else ask.size,
    )


def _reachable(choices: Mapping[Facet, tuple[str, ...]]) -> Mapping[Facet, tuple[str, ...]]:
    """What is sent everywhere is sent to the chosen province too."""
    chosen = choices.get(Facet.DELIVERY)
    return {**choices, Facet.DELIVERY: (*chosen, EVERYWHERE)} if chosen else choices


def _found(engine: SearchEngine, ask: SearchRequest, step: SearchStep, answer: Answer) -> SearchResult:
    shown = engine.fetch(_page(ask, answer.candidates))
    return SearchResult(listings=shown, total=answer.total, counts=answer.counts, step=step, engine=engine.name)


def _page(ask: SearchRequest, candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """The page's part of its window, with room made for small households; other orders are left alone."""
    if ask.sort is not Sort.RELEVANCE:
        return list(candidates)
    start = (ask.page - 1) * ask.size % WINDOW
    return arranged(candidates)[start : start + ask.size]
