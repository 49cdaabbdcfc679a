"""The Elasticsearch index in code: its document class, analyzers and settings.

It uses built-in analysis only, no plugin and no module beyond the core: ``search.language.normal`` made the words, so
Elasticsearch only splits texts at spaces. Scores are constants, so no lengths and frequencies are stored.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from elasticsearch.dsl import Document, Keyword, Long, Object, Text, analyzer, token_filter

from search.engines.fields import KEYWORD, NUMBER, TEXT

spaces = analyzer(
    "spaces",
    tokenizer="whitespace",
    filter=[token_filter("short_enough", type="length", max=256)],
)

ANALYSIS = spaces.get_analysis_definition()
SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "max_result_window": 10_000,
    "analysis": ANALYSIS,
}
LOADING = {"refresh_interval": "-1"}
SERVING = {"refresh_interval": "1s"}


class ListingIndex(Document):
    """A listing, a signpost, or the tombstone of a removed listing; ``kind`` tells which."""

    source = Object(enabled=False)
    fingerprint = Keyword(index=False, doc_values=False)

    class Meta:
        dynamic = "strict"


for name in TEXT:
    ListingIndex._doc_type.mapping.field(name, Text(analyzer=spaces, norms=False, similarity="boolean"))
for name in KEYWORD:
    ListingIndex._doc_type.mapping.field(name, Keyword())
for name in NUMBER:
    ListingIndex._doc_type.mapping.field(name, Long())


def expected_mapping() -> dict[str, Any]:
    """The mapping that this code makes. It holds a hash of itself and the analyzers, so that a changed analyzer makes
    the live index unfit too."""
    mapping: dict[str, Any] = ListingIndex._doc_type.mapping.to_dict()
    shape = json.dumps([mapping, ANALYSIS], sort_keys=True)
    return mapping | {"_meta": {"shape": hashlib.blake2b(shape.encode(), digest_size=8).hexdigest()}}
