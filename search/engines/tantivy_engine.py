"""Reading the embedded index."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.engines.documents import ListingDocument, Signpost
from search.engines.fields import LISTING, SAID, SIGNPOSTS
from search.engines.port import (
    Answer,
    BadQuestion,
    Candidate,
    Facet,
    Question,
    SearchUnavailable,
    Sort,
    Suggestions,
    exact,
)
from search.engines.tantivy_clauses import Translator
from search.engines.tantivy_folder import IndexFolder
from search.engines.tantivy_schema import TIE, stored_text, untied
from search.language.clauses import Clause, unscored
from search.language.vocabulary import Vocabulary

EVERY_BUCKET = 100_000
PANIC = "PanicException"
DISK = ("An IO error", "Data corrupted", "Failed to open", "System error", "Internal error")
"""How the messages of tantivy's errors begin that are about the disk and not about the question; all are
ValueErrors."""

ORDERS = {
    Sort.CHEAPEST: ("by_price", tantivy.Order.Asc),
    Sort.DEAREST: ("by_price", tantivy.Order.Desc),
    Sort.NEWEST: ("by_published", tantivy.Order.Desc),
}


class TantivyEngine:
    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder)
        self.translator = Translator(self.folder.schema)
        self._path: Path | None = None
        self._index: tantivy.Index | None = None

    def search(self, question: Question) -> Answer:
        with self._searching() as searcher, _answering():
            query = self._listings(question)
            order, direction = ORDERS.get(question.sort, (None, tantivy.Order.Desc))
            found = searcher.search(
                query,
                limit=question.limit,
                offset=question.offset,
                order_by_field=order,
                order=direction,
                weight_by_field=None if order else TIE,
            )
            candidates = self._candidates(searcher, found.hits)
            return Answer(
                candidates=tuple(replace(c, score=0.0) for c in candidates) if order else _by_score(candidates),
                total=found.count,  # type: ignore[attr-defined]  # its stub forgets it
                counts=self._counts(searcher, question),
            )

    def fetch(self, candidates: Sequence[Candidate]) -> tuple[ListingDocument, ...]:
        """Read with the searcher that found them, which sees the index as it was then."""
        with _as_unavailable():
            return tuple(_document(searcher, address) for searcher, address in (c.ref for c in candidates))

    def suggest(self, listings: Clause, signposts: Clause, limit: int) -> Suggestions:
        with self._searching() as searcher:
            with _answering():
                wanted = self._of_kind((LISTING,), listings)
                found = searcher.search(wanted, limit=limit, count=False, weight_by_field=TIE).hits
                signs = searcher.search(
                    self._of_kind(SIGNPOSTS, signposts), limit=limit, count=False, weight_by_field="weight"
                ).hits
            return Suggestions(
                listings=self.fetch(_by_score(self._candidates(searcher, found))),
                signposts=tuple(_signpost(searcher, address) for _, address in signs),
            )

    def vocabulary(self) -> Vocabulary:
        with self._searching() as searcher:
            said = [Counter(dict(searcher.terms_with_prefix(field, ""))) for field in SAID]
            return Vocabulary(*said)

    def fingerprints(self) -> Mapping[str, str]:
        with self._searching() as searcher:
            query = self.translator.keyword("kind", (LISTING,))
            hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
            documents = (searcher.doc(address) for _, address in hits)
            return {stored_text(found, "stored_key"): stored_text(found, "fingerprint") for found in documents}

    def signposts(self) -> tuple[Signpost, ...]:
        with self._searching() as searcher:
            query = self.translator.keyword("kind", SIGNPOSTS)
            hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
            return tuple(_signpost(searcher, address) for _, address in hits)

    def require_server(self) -> None:
        """It runs within this process."""

    def verify(self) -> None:
        with self._searching():
            pass

    @contextmanager
    def _searching(self) -> Iterator[tantivy.Searcher]:
        """A searcher of the live index as it is now. The pointer is read each time, because another process may have
        published a new index."""
        with _as_unavailable():
            path = self.folder.live()
            if self._index is None or path != self._path:
                self._index, self._path = self.folder.open(path), path
            self._index.reload()
            yield self._index.searcher()

    def _of_kind(self, kinds: tuple[str, ...], clause: Clause) -> Query:
        kind = self.translator.keyword("kind", kinds)
        return Query.boolean_query([(Occur.Must, self.translator.query(clause)), (Occur.Must, kind)])

    def _listings(self, question: Question, but: Facet | None = None) -> Query:
        """The query for the question's listings, without the choices of the facet ``but``."""
        filters = [
            self.translator.keyword(facet, values)
            for facet, values in question.choices.items()
            if values and facet is not but
        ]
        if question.price_from is not None or question.price_to is not None:
            filters.append(self.translator.between("price", question.price_from, question.price_to))
        listings = self._of_kind((LISTING,), question.clause)
        return Query.boolean_query([(Occur.Must, part) for part in (listings, *filters)])

    def _candidates(self, searcher: tantivy.Searcher, hits: Sequence[tuple[Any, Any]]) -> list[Candidate]:
        addresses = [address for _, address in hits]
        columns = (searcher.fast_field_values(name, addresses) for name in ("seller", "order"))
        numbers = ([int(number or 0) for number in column] for column in columns)
        return [
            Candidate((searcher, address), exact(untied(score, order)), seller, order)
            for (score, address), seller, order in zip(hits, *numbers, strict=True)
        ]

    def _counts(self, searcher: tantivy.Searcher, question: Question) -> dict[Facet, dict[str, int]]:
        """The counts of each facet: one aggregation for all facets without a choice, and one for each facet with a
        choice, which leaves that choice out. Nothing is scored."""
        question = replace(question, clause=unscored(question.clause))
        chosen = [facet for facet in question.facets if question.choices.get(facet)]
        free = [facet for facet in question.facets if facet not in chosen]
        counts = self._buckets(searcher, self._listings(question), free) if free else {}
        for facet in chosen:
            counts |= self._buckets(searcher, self._listings(question, but=facet), [facet])
        return counts

    def _buckets(self, searcher: tantivy.Searcher, query: Query, facets: list[Facet]) -> dict[Facet, dict[str, int]]:
        asked = {
            facet.name: {"terms": {"field": facet.value, "size": EVERY_BUCKET, "segment_size": EVERY_BUCKET}}
            for facet in facets
        }
        found = searcher.aggregate(query, asked)
        return {
            facet: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found[facet.name]["buckets"]}
            for facet in facets
        }


def _by_score(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Sorted by the exact score and then by order: tantivy sorted by single-precision numbers, too coarse for some."""
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.score, candidate.order)))


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchUnavailable(str(error)) from error
    except BaseException as error:  # a panic of tantivy derives from BaseException, and its class cannot be imported
        if type(error).__name__ == PANIC:
            raise SearchUnavailable(f"the embedded engine broke off: {error}") from error
        raise


@contextmanager
def _answering() -> Iterator[None]:
    """Raise BadQuestion where tantivy cannot build or run a query although the index is open."""
    try:
        yield
    except (TypeError, ValueError, OverflowError) as error:
        if str(error).startswith(DISK):
            raise
        raise BadQuestion(f"the embedded engine cannot take the question: {error}") from error


def _source(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    return dict(json.loads(stored_text(searcher.doc(address), "source")))


def _document(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> ListingDocument:
    return ListingDocument.from_dict(_source(searcher, address))


def _signpost(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Signpost:
    plain = _source(searcher, address)
    return Signpost(**{**plain, "other_names": tuple(plain["other_names"])})
