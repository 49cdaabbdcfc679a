"""Writing to the embedded index: changes to the live one, and builds beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from search.engines.documents import ListingDocument, Signpost
from search.engines.tantivy_folder import IndexFolder, writing
from search.engines.tantivy_schema import document_row, removed_row, signpost_row, stored_text

Row = dict[str, Any]


class TantivyWriter:
    """Writes to the live index, under the lock of ``search.engines.tantivy_folder``."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder)

    def write(self, documents: Iterable[ListingDocument]) -> int:
        return self._put([document_row(document) for document in documents])

    def write_signposts(self, signposts: Iterable[Signpost]) -> int:
        return self._put([signpost_row(signpost) for signpost in signposts])

    def remove(self, keys: Iterable[str], version: int) -> int:
        return self._put([removed_row(key, version) for key in keys])

    def start_build(self) -> TantivyBuild:
        return TantivyBuild(self.folder)

    def _put(self, rows: list[Row]) -> int:
        if not rows:
            return 0
        with writing(self.folder, self.folder.live()) as (index, writer):
            return replace_newer(index, writer, rows)


class TantivyBuild:
    """A new index in a folder of its own; nobody reads it before ``publish``."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self.path = folder.create()
        self.is_empty = True

    def write(self, documents: Iterable[ListingDocument]) -> int:
        return self._put(document_row(document) for document in documents)

    def remove(self, skus: Iterable[str], version: int) -> int:
        return self._put(removed_row(sku, version) for sku in skus)

    def write_signposts(self, signposts: Iterable[Signpost]) -> int:
        return self._put(signpost_row(signpost) for signpost in signposts)

    def publish(self) -> None:
        self.folder.publish(self.path)

    def discard(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _put(self, rows: Iterable[Row]) -> int:
        with writing(self.folder, self.path) as (index, writer):
            if self.is_empty:
                self.is_empty = False
                return add(self.folder.schema, writer, rows)
            return replace_newer(index, writer, list(rows))


def add(schema: tantivy.Schema, writer: tantivy.IndexWriter, rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        writer.add_document(tantivy.Document.from_dict(row, schema))
        count += 1
    return count


def replace_newer(index: tantivy.Index, writer: tantivy.IndexWriter, rows: list[Row]) -> int:
    """Write the rows, except those of which the index holds a newer version, and return how many were written."""
    if not rows:
        return 0
    index.reload()
    indexed = versions(index.searcher(), index.schema, [row["key"] for row in rows])
    fresh = [row for row in rows if row.get("version", 0) >= indexed.get(row["key"], 0)]
    for row in fresh:
        writer.delete_documents_by_term("key", row["key"])
    return add(index.schema, writer, fresh)


def versions(searcher: tantivy.Searcher, schema: tantivy.Schema, keys: list[str]) -> dict[str, int]:
    query = tantivy.Query.term_set_query(schema, "key", keys)
    addresses = [address for _, address in searcher.search(query, limit=len(keys), count=False).hits]
    stored = [stored_text(searcher.doc(address), "stored_key") for address in addresses]
    found = searcher.fast_field_values("version", addresses)
    return {key: int(version or 0) for key, version in zip(stored, found, strict=True)}
