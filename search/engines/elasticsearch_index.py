"""Writing to Elasticsearch: an index for each build behind one alias, and external versions of documents."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.documents import ListingDocument, Signpost
from search.engines.elasticsearch_client import as_unavailable, writing_client
from search.engines.elasticsearch_documents import LOADING, SERVING, SETTINGS, expected_mapping
from search.engines.fields import FieldValues, fingerprint_of, listing_fields, removed_fields, signpost_fields
from search.engines.port import SearchUnavailable

Row = dict[str, Any]
CONFLICT = 409
BULK_DOCUMENTS = 1_000


class ElasticsearchWriter:
    """Writes to the live index, the one behind the alias. A write is visible when the call returns."""

    name = "elasticsearch"

    def __init__(self, url: str, alias: str) -> None:
        self.client = writing_client(url)
        self.alias = alias

    def write(self, documents: Iterable[ListingDocument]) -> int:
        return self._put(document_row(document) for document in documents)

    def write_signposts(self, signposts: Iterable[Signpost]) -> int:
        return self._put(signpost_row(signpost) for signpost in signposts)

    def remove(self, keys: Iterable[str], version: int) -> int:
        return self._put(_row(removed_fields(key, version)) for key in keys)

    def start_build(self) -> ElasticsearchBuild:
        return ElasticsearchBuild(self.client, self.alias)

    def drop(self) -> None:
        """Delete every index of this alias; for measurements and tests that made their own."""
        with as_unavailable():
            for index in self.client.indices.get(index=f"{self.alias}-*"):
                self.client.indices.delete(index=index)

    def _put(self, rows: Iterable[Row]) -> int:
        with as_unavailable():
            count = send(self.client, self.alias, rows, require_alias=True)
            if count:
                self.client.indices.refresh(index=self.alias)
            return count


class ElasticsearchBuild:
    """A new index that nobody reads before ``publish`` moves the alias to it."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self.client = client
        self.alias = alias
        self.index = f"{alias}-{time.time_ns()}"
        with as_unavailable():
            client.indices.create(index=self.index, settings=SETTINGS | LOADING, mappings=expected_mapping())

    def write(self, documents: Iterable[ListingDocument]) -> int:
        return self._put(document_row(document) for document in documents)

    def remove(self, skus: Iterable[str], version: int) -> int:
        return self._put(_row(removed_fields(sku, version)) for sku in skus)

    def write_signposts(self, signposts: Iterable[Signpost]) -> int:
        return self._put(signpost_row(signpost) for signpost in signposts)

    def publish(self) -> None:
        """One update_aliases call: at no moment does the alias cover two indices or none."""
        with as_unavailable():
            self.client.indices.refresh(index=self.index)
            self.client.indices.put_settings(index=self.index, settings=SERVING)
            before = self._live()
            actions = [{"remove": {"index": name, "alias": self.alias}} for name in before]
            self.client.indices.update_aliases(actions=[*actions, {"add": {"index": self.index, "alias": self.alias}}])
            self._drop_older_than(before)

    def discard(self) -> None:
        with as_unavailable():
            self.client.indices.delete(index=self.index, ignore_unavailable=True)

    def _put(self, rows: Iterable[Row]) -> int:
        with as_unavailable():
            return send(self.client, self.index, rows)

    def _live(self) -> list[str]:
        found = self.client.indices.get(index=f"{self.alias}-*", expand_wildcards="open")
        return [name for name, body in found.items() if self.alias in body["aliases"]]

    def _drop_older_than(self, kept: list[str]) -> None:
        """Delete the indices older than this one, but keep the one that was live, to go back to. A newer one may be a
        build under way."""
        found = self.client.indices.get(index=f"{self.alias}-*", expand_wildcards="open")
        older = [name for name in found if name < self.index and name not in kept]
        if older:
            self.client.indices.delete(index=older, ignore_unavailable=True)


def document_row(document: ListingDocument) -> Row:
    plain = document.as_dict()
    return _row(listing_fields(document)) | {"source": plain, "fingerprint": fingerprint_of(plain)}


def signpost_row(signpost: Signpost) -> Row:
    return _row(signpost_fields(signpost)) | {"source": asdict(signpost)}


def send(client: Elasticsearch, index: str, rows: Iterable[Row], **options: Any) -> int:
    """Write rows in bulk with external versions and return how many were written.

    Elasticsearch refuses a row that is older than the indexed one; that is no error. Raises SearchUnavailable for any
    other refusal.
    """
    done = 0
    results = streaming_bulk(
        client, _actions(index, rows), chunk_size=BULK_DOCUMENTS, raise_on_error=False, max_retries=3, **options
    )
    for went_well, result in results:
        if not went_well and result["index"]["status"] != CONFLICT:
            raise SearchUnavailable(f"Elasticsearch refused {result['index']['_id']}: {result['index']['error']}")
        done += went_well
    return done


def _actions(index: str, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield {
            "_op_type": "index",
            "_index": index,
            "_id": row["key"],
            "version": row.get("version", 0),
            "version_type": "external_gte",
            "_source": row,
        }


def _row(fields: FieldValues) -> Row:
    return {name: value for name, value in fields.items() if value not in ("", [])}
