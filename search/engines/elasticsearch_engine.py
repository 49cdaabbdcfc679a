"""Reading the index of Elasticsearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import MultiSearch, Q, Search
from elasticsearch.helpers import scan

from search.engines.documents import ListingDocument, Signpost
from search.engines.elasticsearch_clauses import between, keyword, query
from search.engines.elasticsearch_client import answering, as_unavailable, page_client, writing_client
from search.engines.elasticsearch_documents import expected_mapping
from search.engines.fields import LISTING, SAID, SIGNPOSTS
from search.engines.port import Answer, Candidate, Facet, Question, SearchUnavailable, Sort, Suggestions, exact
from search.language.clauses import Clause
from search.language.vocabulary import Vocabulary

EVERY_BUCKET = 10_000
ORDERS = {
    Sort.RELEVANCE: ("_score", "order"),
    Sort.CHEAPEST: ("by_price",),
    Sort.DEAREST: ("-by_price",),
    Sort.NEWEST: ("-by_published",),
}


class ElasticsearchEngine:
    """Pages ask through a client that gives up within the time budget. With ``without_time_budget`` the engine waits as
    long as for writing, for measurements and tests of what is answered and not how fast."""

    name = "elasticsearch"

    def __init__(self, url: str, alias: str, *, without_time_budget: bool = False) -> None:
        self.patient_client = writing_client(url)
        self.client = self.patient_client if without_time_budget else page_client(url)
        self.alias = alias
        self._is_verified = False

    def search(self, question: Question) -> Answer:
        with answering():
            self._verify_once()
            found = self._whole(self._request(question).execute())
            return Answer(
                candidates=tuple(_candidate(hit) for hit in found["hits"]["hits"]),
                total=int(found["hits"]["total"]["value"]),
                counts={
                    facet: _counts(found["aggregations"][group][facet.name])
                    for group, (_but, facets) in _groups(question).items()
                    for facet in facets
                },
            )

    def fetch(self, candidates: Sequence[Candidate]) -> tuple[ListingDocument, ...]:
        if not candidates:
            return ()
        with as_unavailable():
            found = self.client.mget(index=self.alias, ids=[c.ref for c in candidates], source_includes=["source"])
            rows = [row for row in found["docs"] if row["found"] and row["_source"].get("source")]
            return tuple(ListingDocument.from_dict(row["_source"]["source"]) for row in rows)

    def suggest(self, listings: Clause, signposts: Clause, limit: int) -> Suggestions:
        with answering():
            both = MultiSearch(using=self.client, index=self.alias)
            found_first = self._of_kind((LISTING,), query(listings)).sort(*ORDERS[Sort.RELEVANCE])
            both = both.add(found_first[:limit].source(["source"]))
            both = both.add(self._of_kind(SIGNPOSTS, _fuller_first(query(signposts)))[:limit].source(["source"]))
            found, signs = (self._whole(response) for response in both.execute())
            return Suggestions(
                listings=tuple(ListingDocument.from_dict(source) for source in _sources(found)),
                signposts=tuple(_signpost(source) for source in _sources(signs)),
            )

    def vocabulary(self) -> Vocabulary:
        with as_unavailable():
            return Vocabulary(*(Counter(dict(self._terms(field))) for field in SAID))

    def fingerprints(self) -> Mapping[str, str]:
        with as_unavailable():
            return {row["key"]: row["fingerprint"] for row in self._every((LISTING,), ["key", "fingerprint"])}

    def signposts(self) -> tuple[Signpost, ...]:
        with as_unavailable():
            return tuple(_signpost(row["source"]) for row in self._every(SIGNPOSTS, ["source"]))

    def require_server(self) -> None:
        with as_unavailable():
            self.client.info()["version"]["number"]

    def verify(self) -> None:
        """SearchUnavailable when the live index was not made by this code."""
        with as_unavailable():
            for index, body in self.client.indices.get_mapping(index=self.alias).items():
                if body["mappings"] != expected_mapping():
                    raise SearchUnavailable(f"{index} was made by other code; run: python manage.py reindex")

    def _verify_once(self) -> None:
        if not self._is_verified:
            self.verify()
            self._is_verified = True

    def _request(self, question: Question) -> Any:
        wanted = self._of_kind((LISTING,), query(question.clause))
        if question.price_from is not None or question.price_to is not None:
            wanted = wanted.filter(between("price", question.price_from, question.price_to))
        wanted = wanted.post_filter(_chosen(question))
        for group, (but, facets) in _groups(question).items():
            counted = wanted.aggs.bucket(group, "filter", filter=_chosen(question, but=but))
            for facet in facets:
                counted.bucket(facet.name, "terms", field=facet.value, size=EVERY_BUCKET)
        wanted = wanted.sort(*ORDERS[question.sort]).source(False).extra(docvalue_fields=["seller", "order"])
        return wanted[question.offset : question.offset + question.limit]

    def _of_kind(self, kinds: tuple[str, ...], wanted: Any) -> Any:
        search = Search(using=self.client, index=self.alias).extra(track_total_hits=True)
        return search.query(Q("bool", must=[wanted], filter=[keyword("kind", kinds)]))

    @staticmethod
    def _whole(response: Any) -> dict[str, Any]:
        """The answer as a dictionary. Raises SearchUnavailable when it covers only a part of the index."""
        found: dict[str, Any] = response.to_dict()
        if found["timed_out"] or found["_shards"]["failed"]:
            raise SearchUnavailable("Elasticsearch answered for a part of the index only")
        return found

    def _every(self, kinds: tuple[str, ...], wanted: list[str]) -> Iterator[dict[str, Any]]:
        """The ``wanted`` parts of every document of these kinds, however many there are."""
        query = {"query": keyword("kind", kinds).to_dict(), "_source": wanted}
        return (hit["_source"] for hit in scan(self.patient_client, index=self.alias, query=query, size=5_000))

    def _terms(self, field: str) -> Iterator[tuple[str, int]]:
        """Every value of a keyword field with its number of documents, page by page."""
        after: dict[str, Any] = {}
        while True:
            pages = {"composite": {"size": EVERY_BUCKET, "sources": [{"said": {"terms": {"field": field}}}], **after}}
            found = self.patient_client.search(index=self.alias, size=0, aggs={"said": pages})["aggregations"]["said"]
            yield from ((bucket["key"]["said"], bucket["doc_count"]) for bucket in found["buckets"])
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}


def _chosen(question: Question, but: Facet | None = None) -> Any:
    """The choices of all facets but ``but``, as one filter."""
    chosen = [(facet, values) for facet, values in question.choices.items() if values and facet is not but]
    return Q("bool", filter=[keyword(facet.value, values) for facet, values in chosen]) if chosen else Q("match_all")


def _fuller_first(wanted: Any) -> Any:
    return Q("function_score", query=wanted, field_value_factor={"field": "weight", "modifier": "log2p", "missing": 0})


def _candidate(hit: dict[str, Any]) -> Candidate:
    seller, order = (int(hit["fields"][name][0]) for name in ("seller", "order"))
    return Candidate(ref=hit["_id"], score=exact(float(hit["_score"] or 0)), seller=seller, order=order)


def _groups(question: Question) -> dict[str, tuple[Facet | None, list[Facet]]]:
    """Which facets are counted in which aggregation, and which facet's choices it leaves out.

    All facets without a choice are counted together; each facet with a choice is counted alone, without that choice.
    """
    chosen = [facet for facet in question.facets if question.choices.get(facet)]
    free = [facet for facet in question.facets if facet not in chosen]
    groups: dict[str, tuple[Facet | None, list[Facet]]] = {facet.name: (facet, [facet]) for facet in chosen}
    return groups | ({"free": (None, free)} if free else {})


def _counts(values: dict[str, Any]) -> dict[str, int]:
    if values["sum_other_doc_count"]:
        raise SearchUnavailable("a facet has more values than are counted")
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in values["buckets"]}


def _sources(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [hit["_source"]["source"] for hit in found["hits"]["hits"]]


def _signpost(plain: dict[str, Any]) -> Signpost:
    return Signpost(**{**plain, "other_names": tuple(plain["other_names"])})
