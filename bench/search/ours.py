"""The engines that are measured, each over an index or table of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from bench.search_data import NOW
from search.documents import ListingDocument
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_index import ElasticsearchWriter
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from search.facets import SHOWN
from search.finding import Ask, find, suggest
from search.language.analysis import Language
from search.port import IndexWriter, SearchEngine
from search.ranking import Situation

SITUATION = Situation(NOW, "05")


class Measured(Protocol):
    name: str

    def fill(self, documents: Iterable[ListingDocument]) -> None: ...
    def size_bytes(self) -> int: ...
    def search(self, text: str) -> int: ...
    def close(self) -> None: ...


class Ours:
    """One of our engines, asked through the code that serves the page, with every facet of the page."""

    engine: SearchEngine
    writer: IndexWriter

    def fill(self, documents: Iterable[ListingDocument]) -> None:
        build = self.writer.start_build()
        build.write(documents)
        build.publish()
        self.language = Language(vocabulary=self.engine.vocabulary())

    def search(self, text: str) -> int:
        return find(self.engine, Ask(text=text, facets=SHOWN, situation=SITUATION), self.language).total

    def suggest(self, text: str) -> int:
        return len(suggest(self.engine, text, self.language, SITUATION).listings)

    def change(self, document: ListingDocument) -> None:
        self.writer.write([document])


class Tantivy(Ours):
    name = "tantivy"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
        self.engine, self.writer = TantivyEngine(self.folder), TantivyWriter(self.folder)

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def close(self) -> None:
        shutil.rmtree(self.folder)


class Elasticsearch(Ours):
    name = "elasticsearch"

    def __init__(self, url: str) -> None:
        self.elastic = ElasticsearchWriter(url, "bench-listings")
        self.elastic.drop()
        self.engine, self.writer = ElasticsearchEngine(url, "bench-listings"), self.elastic

    def size_bytes(self) -> int:
        stats: dict[str, Any] = dict(self.elastic.client.indices.stats(index="bench-listings-*", metric="store"))
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def close(self) -> None:
        self.elastic.drop()
