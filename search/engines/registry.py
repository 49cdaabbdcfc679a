"""The engines of this site: the first of SEARCH_ENGINES is asked, the others stand by with the same listings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.port import IndexWriter, SearchEngine
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter

REMOTE = frozenset({"elasticsearch"})
"""Engines behind a network, whose answers may take long."""


def is_remote(name: str) -> bool:
    return name in REMOTE


def engines() -> tuple[SearchEngine, ...]:
    return tuple(engine(name) for name in settings.SEARCH_ENGINES)


def engine(name: str) -> SearchEngine:
    return _engine(name, *_place(name))


def writer(name: str) -> IndexWriter:
    return _writer(name, *_place(name))


def _place(name: str) -> tuple[str, str]:
    """Where the index is: address and alias, or folder. It is part of the cache key, so that a test with a folder of
    its own gets an engine of its own."""
    if name == "elasticsearch":
        return settings.ELASTICSEARCH_URL, f"{settings.SEARCH_INDEX_PREFIX}-listings"
    return str(settings.SEARCH_FOLDER), ""


# Elasticsearch's client is imported only where it is used: it would add a third to the time of every start.
@lru_cache(maxsize=8)
def _engine(name: str, place: str, alias: str) -> SearchEngine:
    if name != "elasticsearch":
        return TantivyEngine(Path(place))
    from search.engines.elasticsearch_engine import ElasticsearchEngine

    return ElasticsearchEngine(place, alias)


@lru_cache(maxsize=8)
def _writer(name: str, place: str, alias: str) -> IndexWriter:
    if name != "elasticsearch":
        return TantivyWriter(Path(place))
    from search.engines.elasticsearch_index import ElasticsearchWriter

    return ElasticsearchWriter(place, alias)
