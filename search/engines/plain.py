"""The plain engine: it matches a clause against listings in memory, one by one.

It needs no index and no server, so it answers when no other engine does, over the newest listings only. It passes the
same contract tests as the real engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.engines.documents import ListingDocument, Signpost
from search.engines.fields import SAID, FieldValues, fingerprint, listing_fields, signpost_fields
from search.engines.plain_clauses import score_of
from search.engines.port import Answer, Candidate, Facet, Question, Sort, Suggestions, exact
from search.language.clauses import Clause
from search.language.vocabulary import Vocabulary

Contents = Callable[[], tuple[Sequence[ListingDocument], Sequence[Signpost]]]
Row = tuple[ListingDocument, FieldValues]

ORDERS: dict[Sort, Callable[[tuple[float, Row]], tuple[float, int]]] = {
    Sort.RELEVANCE: lambda found: (-exact(found[0]), _number(found[1][1], "order")),
    Sort.CHEAPEST: lambda found: (0, _number(found[1][1], "by_price")),
    Sort.DEAREST: lambda found: (0, -_number(found[1][1], "by_price")),
    Sort.NEWEST: lambda found: (0, -_number(found[1][1], "by_published")),
}


class PlainEngine:
    """``contents`` gives the listings and signposts anew for each question."""

    def __init__(self, contents: Contents, name: str = "plain") -> None:
        self.contents = contents
        self.name = name

    def search(self, question: Question) -> Answer:
        matching = [(score, row) for row in self._rows() if (score := _score(question, row)) is not None]
        chosen = [(score, row) for score, row in matching if _is_chosen(question, row)]
        page = sorted(chosen, key=ORDERS[question.sort])[question.offset : question.offset + question.limit]
        return Answer(
            candidates=tuple(
                Candidate(document, exact(score), _number(fields, "seller"), _number(fields, "order"))
                for score, (document, fields) in page
            ),
            total=len(chosen),
            counts={facet: _counts(question, facet, [row for _, row in matching]) for facet in question.facets},
        )

    def fetch(self, candidates: Sequence[Candidate]) -> tuple[ListingDocument, ...]:
        return tuple(candidate.ref for candidate in candidates)

    def suggest(self, listings: Clause, signposts: Clause, limit: int) -> Suggestions:
        found = self.search(Question(clause=listings, limit=limit)).candidates
        signs = [sign for sign in self.contents()[1] if score_of(signposts, signpost_fields(sign)) is not None]
        signs.sort(key=lambda sign: -sign.listings)
        return Suggestions(listings=self.fetch(found), signposts=tuple(signs[:limit]))

    def vocabulary(self) -> Vocabulary:
        rows = list(self._rows())
        return Vocabulary(*(Counter(said for _, fields in rows for said in _values(fields, field)) for field in SAID))

    def fingerprints(self) -> Mapping[str, str]:
        return {document.sku: fingerprint(document) for document, _ in self._rows()}

    def signposts(self) -> tuple[Signpost, ...]:
        return tuple(self.contents()[1])

    def require_server(self) -> None:
        """It runs within this process."""

    def verify(self) -> None:
        """It has no index that could be out of date."""

    def _rows(self) -> Iterable[Row]:
        return ((document, listing_fields(document)) for document in self.contents()[0])


def empty_engine() -> PlainEngine:
    """It finds nothing, whatever it is asked."""
    return PlainEngine(lambda: ((), ()), name="empty")


def _score(question: Question, row: Row) -> float | None:
    document, fields = row
    if question.price_from is not None and document.price < question.price_from:
        return None
    if question.price_to is not None and document.price > question.price_to:
        return None
    return score_of(question.clause, fields)


def _is_chosen(question: Question, row: Row, but: Facet | None = None) -> bool:
    chosen = ((facet, values) for facet, values in question.choices.items() if values and facet is not but)
    return all(not set(values).isdisjoint(_values(row[1], facet)) for facet, values in chosen)


def _counts(question: Question, facet: Facet, rows: Iterable[Row]) -> dict[str, int]:
    chosen = (row for row in rows if _is_chosen(question, row, but=facet))
    return dict(Counter(value for _, fields in chosen for value in _values(fields, facet)))


def _values(fields: FieldValues, name: str) -> list[str]:
    value = fields[name]
    return value if isinstance(value, list) else [str(value)]


def _number(fields: FieldValues, name: str) -> int:
    return int(str(fields[name]))
