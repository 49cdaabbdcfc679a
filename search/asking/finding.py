"""Finding: from a buyer's words to listings. Every page, the alerts and the measurements go through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.asking.ranking import Situation, arranged, with_signals
from search.engines.documents import EVERYWHERE, ListingDocument
from search.engines.fields import listing_fields
from search.engines.plain_clauses import score_of
from search.engines.port import Answer, Candidate, Facet, Question, SearchEngine, Sort, Suggestions
from search.language.lexicon import Lexicon
from search.language.plan import nearby_steps, steps
from search.language.query import SearchStep
from search.language.suggesting import begun_step, prefix_steps

WINDOW = 120
"""So many results are fetched at once and arranged (``ranking.arranged``); a window holds several whole pages."""

ENOUGH = 10
"""A page with fewer results goes on with what is nearby."""

Choices = Mapping[Facet, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What a visitor wants to see.

    ``fixed`` are those of the ``choices`` that the page itself stands for, such as its category: the visitor did not
    make them and cannot take them back. Prices are whole dong. ``page`` begins at 1; ``WINDOW`` is a multiple of
    ``size``.
    """

    text: str = ""
    choices: Choices = field(default_factory=dict)
    fixed: Choices = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 24
    situation: Situation

    @property
    def is_narrowed(self) -> bool:
        """Did the visitor choose anything?"""
        made = any(values for facet, values in self.choices.items() if facet not in self.fixed)
        return made or self.price_from is not None or self.price_to is not None

    def widened(self) -> SearchRequest:
        """The same request without what the visitor chose."""
        return replace(self, choices=self.fixed, price_from=None, price_to=None, facets=(), page=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """``step`` is the step whose results these are; ``without_choices`` how many it finds without the choices."""

    listings: tuple[ListingDocument, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]
    step: SearchStep | None
    engine: str
    without_choices: int = 0
    nearby: tuple[ListingDocument, ...] = ()
    """Shown below few results under a heading of their own; not part of ``total`` and ``counts``."""
    near: frozenset[str] = frozenset()
    """The skus of those ``listings`` that are not what was asked for but near it (``SearchStep.exact``)."""
    is_only_near: bool = False
    """Nothing at all is what was asked for, on this page or another."""


def find(engine: SearchEngine, request: SearchRequest, lexicon: Lexicon) -> SearchResult:
    """The listings of the first step that finds something.

    A step that finds something only without the visitor's choices counts as well: then nothing is shown, and the page
    can say how many listings there are without the choices. If no step finds anything, the first one is returned.
    """
    first: tuple[SearchStep, Answer] | None = None
    for step in steps(request.text, lexicon, request.situation.month):
        answer = engine.search(_question(request, step))
        first = first or (step, answer)
        if answer.total:
            return _with_nearby(engine, request, _found(engine, request, step, answer), lexicon)
        if request.is_narrowed and (wider := engine.search(_question(request.widened(), step)).total):
            return replace(_found(engine, request, step, answer), without_choices=wider)
    if first is None:
        return SearchResult(listings=(), total=0, counts={}, step=None, engine=engine.name)
    return _found(engine, request, *first)


def _with_nearby(engine: SearchEngine, request: SearchRequest, found: SearchResult, lexicon: Lexicon) -> SearchResult:
    """The result with what is nearby, on the first page of fewer than ``ENOUGH`` results in the usual order."""
    if found.total >= ENOUGH or request.page > 1 or request.sort is not Sort.RELEVANCE or found.step is None:
        return found
    shown = {document.sku for document in found.listings}
    nearby: list[ListingDocument] = []
    for step in nearby_steps(found.step, lexicon):
        more = engine.search(replace(_question(replace(request, facets=()), step), offset=0, limit=request.size))
        fresh = [d for d in engine.fetch(arranged(more.candidates)) if d.sku not in shown]
        nearby += fresh
        shown.update(document.sku for document in fresh)
        if len(shown) >= ENOUGH:
            break
    return replace(found, nearby=tuple(nearby[: request.size - len(found.listings)]))


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


def every_match(engine: SearchEngine, request: SearchRequest, lexicon: Lexicon) -> Iterator[ListingDocument]:
    """Every listing of the step that ``find`` chooses, page after page."""
    page = 1
    while (found := find(engine, replace(request, page=page), lexicon)).listings:
        yield from found.listings
        page += 1


def _question(request: SearchRequest, step: SearchStep) -> Question:
    start = (request.page - 1) * request.size
    by_window = request.sort is Sort.RELEVANCE
    choices = dict(request.choices)
    if provinces := choices.get(Facet.DELIVERY):
        choices[Facet.DELIVERY] = (*provinces, EVERYWHERE)  # what is sent everywhere is sent there too
    return Question(
        clause=with_signals(step.clause, request.situation),
        choices=choices,
        facets=request.facets,
        price_from=request.price_from,
        price_to=request.price_to,
        sort=request.sort,
        offset=start - start % WINDOW if by_window else start,
        limit=WINDOW if by_window else request.size,
    )


def _found(engine: SearchEngine, request: SearchRequest, step: SearchStep, answer: Answer) -> SearchResult:
    """The result with the documents of this page: a part of its arranged window by relevance, else all candidates."""
    candidates: Sequence[Candidate] = answer.candidates
    if request.sort is Sort.RELEVANCE:
        start = (request.page - 1) * request.size % WINDOW
        candidates = arranged(candidates)[start : start + request.size]
    shown = engine.fetch(candidates)
    near = frozenset(document.sku for document in shown if _is_near(document, step))
    return SearchResult(
        listings=shown,
        total=answer.total,
        counts=answer.counts,
        step=step,
        engine=engine.name,
        near=near,
        is_only_near=bool(near) and len(near) == len(shown) and not _finds_the_thing(engine, request, step),
    )


def _is_near(document: ListingDocument, step: SearchStep) -> bool:
    """Asked of the document and not of the engine, so that all engines say the same for the price of one question."""
    return step.exact is not None and score_of(step.exact, listing_fields(document)) is None


def _finds_the_thing(engine: SearchEngine, request: SearchRequest, step: SearchStep) -> bool:
    """Is there any listing that is what was asked for, where this page has none?"""
    if step.exact is None:
        return True
    question = replace(_question(replace(request, facets=()), step), clause=step.exact, offset=0, limit=1)
    return engine.search(question).total > 0
