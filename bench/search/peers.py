"""What a shop has without us: Oscar's search page over Haystack, with two of Haystack's backends.

Both are asked as Oscar's view asks: its form, all of its facets, the number of results, the first page with its
products. Neither reads a query without tones, ranks by more than the words, or suggests.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from haystack import connections
from haystack.utils.loading import UnifiedIndex
from oscar.apps.search.facets import base_sqs
from oscar.apps.search.forms import SearchForm
from oscar.apps.search.search_indexes import ProductIndex

from bench.search.measuring import Patience
from catalog.models import Product

BATCH = 50_000
"""Documents between two commits of Whoosh: as many as it takes for a commit to matter little."""
MEGABYTES_BEFORE_WRITING = 256
READ_AHEAD = 2_000


class Peer:
    """Search by Oscar's form over the Haystack backend that the settings name."""

    suggest = None

    def __init__(self) -> None:
        # Oscar's search app is not installed here, so Haystack would find no index; it looks again in every thread.
        UnifiedIndex.collect_indexes = lambda _unified: [ProductIndex()]

    def search(self, text: str) -> int:
        """Facets are those of ``OSCAR_SEARCH_FACETS``, as far as the backend counts any."""
        form = SearchForm({"q": text}, searchqueryset=base_sqs(), load_all=True, selected_facets=[])
        results = form.search()
        page = Paginator(results, settings.OSCAR_PRODUCTS_PER_PAGE).page(1)
        for result in page:
            result.object  # noqa: B018  # the page shows the product
        results.facet_counts()
        return page.paginator.count

    def server_megabytes(self) -> int | None:
        return None

    def versions(self) -> dict[str, str]:
        return {}

    def close(self) -> None:
        pass


class StockOscar(Peer):
    """Haystack's simple backend, the one that Oscar's guide for beginners ships: the last word of the query is compared
    with every text of every row. There is no index, so nothing to fill and nothing to keep up to date."""

    name = "stock Oscar"
    reads_rows = False
    change = None

    def fill(self, size: int, patience: Patience) -> None:
        pass

    def size_bytes(self) -> int:
        return 0


class Haystack(Peer):
    """Haystack's Whoosh backend, a full-text engine in pure Python, over Oscar's own ``ProductIndex``.

    Oscar's facet fields are counted; its price ranges are not, because the backend has no facets by query.
    The time of filling is Whoosh's own; making the documents, for which Oscar asks the database several times for each
    product and renders a template, is told beside it.
    """

    name = "Haystack, Whoosh"
    reads_rows = True

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        engine = "haystack.backends.whoosh_backend.WhooshEngine"
        settings.HAYSTACK_CONNECTIONS["default"] = {"ENGINE": engine, "PATH": str(folder)}
        self.backend = connections["default"].get_backend()
        self.backend.setup()
        self.index = connections["default"].get_unified_index().get_index(Product)

    def fill(self, size: int, patience: Patience) -> None:
        """In large batches by Whoosh's own writer: what `update_index` does, without looking for older versions."""
        documents = patience.through(self._documents())
        while batch := list(islice(documents, BATCH)):
            writer = self.backend.index.refresh().writer(procs=1, limitmb=MEGABYTES_BEFORE_WRITING)
            for document in batch:
                writer.add_document(**document)
            writer.commit()

    def change(self, number: int, turn: int) -> float:
        """A new title: seconds from its commit, with the index told at once as Oscar's signal processor does."""
        word = f"xqz{turn}t{number}"
        Product.objects.filter(pk=number).update(title=word)
        begun = time.perf_counter()
        self.index.update_object(Product.objects.get(pk=number))
        while self.search(word) != 1:
            time.sleep(0.001)
        return time.perf_counter() - begun

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def _documents(self) -> Iterator[dict[str, Any]]:
        for product in self.index.index_queryset().iterator(READ_AHEAD):
            prepared = self.index.full_prepare(product)
            yield {name: self.backend._from_python(value) for name, value in prepared.items()}
