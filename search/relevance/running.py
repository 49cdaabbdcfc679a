"""Running a judged set: its catalogue in an index of its own, its queries through the code that serves the pages."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings

from catalog.categories import SOURCE as SHIPPED_CATEGORIES
from core.temporary import temporary_folder
from households.places.units import PlaceNames
from search.asking.finding import SearchRequest, find, suggest
from search.asking.need_rules import shipped_needs
from search.asking.ranking import Situation
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_index import ElasticsearchWriter
from search.engines.port import IndexWriter, SearchEngine
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from search.language.lexicon import Lexicon
from search.language.needs import NeedTable
from search.language.places import Places, meanings
from search.language.synonyms import Synonym, SynonymTable
from search.relevance.documents import documents, key_of_name
from search.relevance.folder import JudgedQuery, JudgedSet

DEPTH = 24
PREFIX = "prefix"


@contextmanager
def engine_with(judged: JudgedSet, places: PlaceNames, name: str) -> Iterator[SearchEngine]:
    """An engine that holds only this catalogue; its index is gone afterwards, the live one is never touched."""
    with _writer_and_engine(name) as (writer, engine):
        build = writer.start_build()
        build.write(documents(judged.catalogue, places))
        build.publish()
        yield engine


def lexicon_for(engine: SearchEngine, places: PlaceNames, rules: list[Synonym]) -> Lexicon:
    """The lexicon for a judged set. Its needs are the shipped ones: those of the database name its own categories."""
    vocabulary = engine.vocabulary()
    synonyms = SynonymTable(rules, vocabulary.is_only_reading)
    needs = NeedTable(shipped_needs(_key_of_category))
    return Lexicon(synonyms, Places(meanings(places)), vocabulary, needs=needs)


@lru_cache(maxsize=200)
def _key_of_category(code: str) -> str:
    """The key that the documents of a judged set give the shipped category of this code."""
    with SHIPPED_CATEGORIES.open(encoding="utf-8", newline="") as lines:
        return next(key_of_name(row["name"]) for row in csv.DictReader(lines) if row["code"] == code)


def ranked(
    judged: JudgedSet, engine: SearchEngine, lexicon: Lexicon, situation: Situation
) -> Mapping[str, tuple[str, ...]]:
    """For each query what a buyer would see, best first."""
    return {query.query_id: _skus(query, engine, lexicon, situation) for query in judged.queries}


def _skus(query: JudgedQuery, engine: SearchEngine, lexicon: Lexicon, situation: Situation) -> tuple[str, ...]:
    if query.kind == PREFIX:
        found = suggest(engine, query.query, lexicon, situation, limit=DEPTH).listings
    else:
        page = find(engine, SearchRequest(text=query.query, size=DEPTH, situation=situation), lexicon)
        found = (*page.listings, *page.nearby)
    return tuple(document.sku for document in found)


@contextmanager
def _writer_and_engine(name: str) -> Iterator[tuple[IndexWriter, SearchEngine]]:
    if name == "tantivy":
        with temporary_folder("relevance-") as folder:
            yield TantivyWriter(folder), TantivyEngine(folder)
        return
    alias = f"{settings.SEARCH_INDEX_PREFIX}-relevance-{time.time_ns()}"
    writer = ElasticsearchWriter(settings.ELASTICSEARCH_URL, alias)
    try:
        yield writer, ElasticsearchEngine(settings.ELASTICSEARCH_URL, alias, without_time_budget=True)
    finally:
        writer.drop()
