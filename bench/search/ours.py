"""Our two engines, asked through the code behind the page: reading the query, ranking, every facet, 24 whole cards."""

from __future__ import annotations

import time
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bench.search.data import NOW, listings, signposts
from bench.search.machine import megabytes_of
from bench.search.measuring import Patience
from catalog.models import Product
from households.access import Acting
from search.asking.finding import SearchRequest, find, suggest
from search.asking.ranking import Situation
from search.engines import registry
from search.engines.elasticsearch_index import ElasticsearchWriter
from search.engines.port import IndexWriter, SearchEngine
from search.language.lexicon import Lexicon
from search.pages.facets import SHOWN
from tests.factories.catalog import set_price

SITUATION = Situation(NOW, "05")
PRICE_OF_NONE = 1_000_001
"""No listing has this price or one of those above it."""


class Ours:
    """The time of filling is that on the clock and holds the making up of the listings (some 30 µs for each)."""

    name: str
    reads_rows = False

    def __init__(self) -> None:
        settings.SEARCH_ENGINES = (self.name,)
        self.engine: SearchEngine = registry.engine(self.name)
        self.writer: IndexWriter = registry.writer(self.name)

    def fill(self, size: int, patience: Patience) -> None:
        build = self.writer.start_build()
        build.write(patience.through(listings(size)))
        build.write_signposts(signposts(patience.count))
        build.publish()

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(vocabulary=self.engine.vocabulary())

    def search(self, text: str) -> int:
        return find(self.engine, SearchRequest(text=text, facets=SHOWN, situation=SITUATION), self.lexicon).total

    def suggest(self, text: str) -> int:
        return len(suggest(self.engine, text, self.lexicon, SITUATION).listings)

    def change(self, number: int, turn: int) -> float:
        """A household sets a price: the outbox row is committed with it, drained after the commit by reading the
        listing from its rows, and the clock stops when a search for that price finds it. As without a broker."""
        listing = Product.objects.select_related("household").get(pk=number)
        price, committed = PRICE_OF_NONE + turn, 0.0

        def note() -> None:
            nonlocal committed
            committed = time.perf_counter()

        with transaction.atomic():
            transaction.on_commit(note)  # the first to be called, before the drain
            acting = Acting(User.objects.get(), listing.household)
            set_price(acting=acting, listing=listing, price=price, now=timezone.now())
        wanted = SearchRequest(price_from=price, price_to=price, situation=SITUATION)
        while find(self.engine, wanted, self.lexicon).total != 1:
            time.sleep(0.001)
        return time.perf_counter() - committed

    def server_megabytes(self) -> int | None:
        return None

    def versions(self) -> dict[str, str]:
        return {}

    def close(self) -> None:
        pass


class Tantivy(Ours):
    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        settings.SEARCH_FOLDER = self.folder = folder
        super().__init__()

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


class Elasticsearch(Ours):
    name = "elasticsearch"

    def __init__(self, url: str) -> None:
        settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX = url, "bench"
        super().__init__()
        self.elastic = ElasticsearchWriter(url, "bench-listings")
        self.elastic.drop()

    def size_bytes(self) -> int:
        stats: dict[str, Any] = dict(self.elastic.client.indices.stats(index="bench-listings-*", metric="store"))
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def server_megabytes(self) -> int | None:
        """Where the server runs on this machine all of its memory, else the heap in use."""
        nodes: dict[str, Any] = dict(self.elastic.client.nodes.info(metric="process"))["nodes"]
        name, node = next(iter(nodes.items()))
        heap = dict(self.elastic.client.nodes.stats(metric="jvm"))["nodes"][name]["jvm"]["mem"]["heap_used_in_bytes"]
        return megabytes_of(node["process"]["id"]) or round(heap / 1e6)

    def versions(self) -> dict[str, str]:
        return {"Elasticsearch": self.elastic.client.info()["version"]["number"]}

    def close(self) -> None:
        self.elastic.drop()
