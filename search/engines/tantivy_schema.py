"""The embedded index: its schema, and the rows that go into it."""

from __future__ import annotations

from dataclasses import asdict
from math import log2
from typing import Any

import tantivy

from search.engines.documents import ListingDocument, Signpost
from search.engines.fields import (
    KEYWORD,
    NUMBER,
    ORDER_BITS,
    TEXT,
    FieldValues,
    as_json,
    fingerprint_of,
    listing_fields,
    order_of,
    removed_fields,
    signpost_fields,
)

SPACES = "spaces"
TIE = "tie"
MAX_TIE = 6e-5
STORED = ("stored_key", "source", "fingerprint")


def build_schema() -> tantivy.Schema:
    """The schema. Text fields are only split at spaces, because ``search.language.normal`` made their words. Numbers
    are compared by their columns and stored texts are only read back, so neither is put into the dictionary."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT:
        builder.add_text_field(name, tokenizer_name=SPACES)
    for name in KEYWORD:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBER:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field(TIE, fast=True)
    for name in STORED:
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """Tokenizers belong to the opened index, not to its files."""
    index.register_tokenizer(SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def document_row(document: ListingDocument) -> dict[str, Any]:
    plain = document.as_dict()
    tie = {TIE: tie_of(order_of(document.sku))}
    return _row(listing_fields(document), plain) | {"fingerprint": fingerprint_of(plain).encode()} | tie


def tie_of(order: int) -> float:
    """A tiny number by which tantivy weights the score, its only way of ordering listings of equal score.

    It changes the highest score by less than a hundredth of a point, in some five hundred steps; ``untied`` takes it
    away again.
    """
    return (1 - order / (1 << ORDER_BITS)) * MAX_TIE


def untied(score: float, order: int) -> float:
    """The score as it was before tantivy weighted it by ``tie_of``."""
    return score / log2(2 + tie_of(order))


def signpost_row(signpost: Signpost) -> dict[str, Any]:
    return _row(signpost_fields(signpost), asdict(signpost))


def removed_row(sku: str, version: int) -> dict[str, Any]:
    return _row(removed_fields(sku, version), {})


def stored_text(document: tantivy.Document, name: str) -> str:
    """The text of a stored field."""
    kept: Any = document.get_first(name)
    return bytes(kept).decode()


def _row(fields: FieldValues, source: dict[str, Any]) -> dict[str, Any]:
    stored = {"stored_key": str(fields["key"]).encode(), "source": as_json(source).encode()}
    return {name: value for name, value in fields.items() if value not in ("", [])} | stored
