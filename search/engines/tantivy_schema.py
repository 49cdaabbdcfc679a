"""The embedded index: its schema, and a document in it."""

from __future__ import annotations

import json
from typing import Any

import tantivy

from search.documents import ListingDocument
from search.fields import KEYWORD, NUMBER, TEXT, FieldValues, fingerprint, listing_fields

SPACES = "spaces"
STORED = ("source", "fingerprint", "stored_key")


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


def as_row(document: ListingDocument) -> dict[str, Any]:
    stored = {"source": json.dumps(document.as_dict(), ensure_ascii=False), "fingerprint": fingerprint(document)}
    return plain_row(listing_fields(document)) | stored


def plain_row(fields: FieldValues) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value != ""} | {"stored_key": fields["key"]}
