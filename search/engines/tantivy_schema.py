"""The embedded index: its schema, and the rows that go into it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import tantivy

from search.documents import ListingDocument, Signpost
from search.fields import (
    KEYWORD,
    NUMBER,
    TEXT,
    FieldValues,
    as_json,
    fingerprint_of,
    listing_fields,
    removed_fields,
    signpost_fields,
)

SPACES = "spaces"
STORED = ("stored_key", "source", "fingerprint")


def build_schema() -> tantivy.Schema:
    """Text fields are only split at spaces: their words were made by ``search.language.normal``."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT:
        builder.add_text_field(name, tokenizer_name=SPACES)
    for name in KEYWORD:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBER:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in STORED:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """Tokenizers belong to the opened index, not to its files."""
    index.register_tokenizer(SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def document_row(document: ListingDocument) -> dict[str, Any]:
    plain = document.as_dict()
    return _row(listing_fields(document), plain) | {"fingerprint": fingerprint_of(plain)}


def signpost_row(signpost: Signpost) -> dict[str, Any]:
    return _row(signpost_fields(signpost), asdict(signpost))


def removed_row(sku: str, version: int) -> dict[str, Any]:
    return _row(removed_fields(sku, version), {})


def _row(fields: FieldValues, source: dict[str, Any]) -> dict[str, Any]:
    stored = {"stored_key": fields["key"], "source": as_json(source)}
    return {name: value for name, value in fields.items() if value not in ("", [])} | stored
