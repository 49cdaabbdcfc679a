"""Fields made in another way have another number, so that the nightly comparison finds what was indexed before."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from search.engines import fields
from search.engines.fields import as_json, fingerprint, listing_fields
from tests.search.listings import LISTINGS

#: A hash of the fields of ``LISTINGS`` for the number by which they are made so. Change both, or neither.
MADE = {2: "5cd38158329c44d5"}


def test_fields_made_in_another_way_have_another_number():
    made = as_json([listing_fields(document) for document in LISTINGS])
    assert {fields.MADE_BY: hashlib.blake2b(made.encode(), digest_size=8).hexdigest()} == MADE, (
        "The fields of a listing are made in another way: count MADE_BY in search/engines/fields.py up, and write the "
        "new hash here."
    )


def test_the_fingerprint_is_of_the_document_and_of_the_way(monkeypatch):
    document = LISTINGS[0]
    before = fingerprint(document)
    assert fingerprint(replace(document, version=9)) == before
    assert fingerprint(replace(document, price=1)) != before
    monkeypatch.setattr(fields, "MADE_BY", fields.MADE_BY + 1)
    assert fingerprint(document) != before
