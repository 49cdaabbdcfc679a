"""The fields of the index and their values. They are made here for all engines, so all index the very same words."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

from core.periods import vietnam_date
from core.text import fold, has_marks
from search.engines.documents import ListingDocument, Signpost
from search.engines.port import Facet
from search.language.clauses import BAR, MAX_NUMBER, TextField, TextForm
from search.language.normal import exact_heads, exact_words, from_each_start, is_prepared, said_otherwise

LISTING = "listing"
SIGNPOSTS = ("category", "province", "commune", "household")
REMOVED = "removed"
"""The kind of a tombstone: a removed listing leaves its key and version until the next rebuild, so that a write that
arrives late cannot bring it back."""

FORMS = {field: tuple(field.value + form.value for form in TextForm) for field in TextField}
TEXT = tuple(name for names in FORMS.values() for name in names)
"""Each text in each of its forms."""

SAID = ("said_words", "said_pairs", "said_heads")

KEYWORD = (
    "kind",
    "key",
    "head",
    "head_exact",
    "head_bare",
    *(facet.value for facet in Facet),
    "lot",
    "trust_level",
    "published_day",
    "state",
    *SAID,
)
"""Fields whose values are kept whole as text; facets and the vocabulary count them."""

NUMBER = (
    "version",
    "price",
    "net_weight_g",
    "trust",
    "published",
    "seller",
    "weight",
    "order",
    "by_price",
    "by_published",
)

MADE_BY = 2
"""Counts the ways in which this module made fields of a document. A change of the way needs the next number; then the
nightly comparison finds every document that was indexed in the old way."""

BETWEEN_NAMES = f" {BAR} "
BEGUN_BY_BAR = (TextField.CATEGORY, TextField.KINDS)
OTHER_NAME = re.compile(r"[()]")
"""What parts the other name in "Chè (trà)"."""

KINDS_PARTED_BY = re.compile(r"\s*[,/&]\s*|\s+và\s+|\s+[-–]\s+|\s+mỹ nghệ\b", re.IGNORECASE)
"""Where the name of a category that lists kinds is split. "Mỹ nghệ" at the end of "thủ công mỹ nghệ" (handicraft) is
cut off, because a search for nghệ (turmeric) would find it."""

PRICE_BANDS = ((0, 49_999), (50_000, 99_999), (100_000, 199_999), (200_000, 499_999), (500_000, None))
TRUST_LEVELS = (50, 75)
LOTS = 8
"""Households belong to one of so many lots by a hash of their code. Each day another lot goes first among listings that
are equal in everything else."""

ORDER_BITS = 20
"""Listings that are equal in what they are sorted by stand in the order of a number of so many bits, a hash of their
sku: the same on every engine, and by neither name nor age."""

FieldValues = dict[str, str | int | list[str]]
as_json = json.JSONEncoder(ensure_ascii=False).encode
"""The JSON of a document. One encoder for all, because ``json.dumps`` with options makes a new one for each call."""


def listing_fields(document: ListingDocument) -> FieldValues:
    """Everything that is indexed of a listing; the engine also stores the document itself."""
    return _texts(_listing_texts(document)) | _said(document) | _keywords(document) | _numbers(document)


def signpost_fields(signpost: Signpost) -> FieldValues:
    """A category, place or household is found by its name, and by the other names it goes by."""
    return _texts({TextField.NAME: (signpost.name, *signpost.other_names)}) | {
        "kind": signpost.kind,
        "key": signpost_key(signpost),
        "version": signpost.version,
        "head": _once(map(_folded, _heads(signpost.name))),
        "weight": signpost.listings,
    }


def signpost_key(signpost: Signpost) -> str:
    """Its key in the index; no sku has a colon."""
    return f"{signpost.kind}:{signpost.key}"


def removed_fields(sku: str, version: int) -> FieldValues:
    return {"kind": REMOVED, "key": sku, "version": version}


def price_band(price: int) -> str:
    """The band of a price, as "50000-99999" or "500000-"."""
    return band_key(*next(band for band in reversed(PRICE_BANDS) if price >= band[0]))


def band_key(low: int, high: int | None) -> str:
    return f"{low}-{'' if high is None else high}"


def seller_of(household_code: str) -> int:
    """A number for a household, because tantivy reads only numbers back quickly."""
    return int.from_bytes(hashlib.blake2b(household_code.encode(), digest_size=7).digest(), "big")


def order_of(sku: str) -> int:
    """The number by which listings stand that are equal in everything else (``ORDER_BITS``)."""
    return int.from_bytes(hashlib.blake2b(sku.encode(), digest_size=4).digest(), "big") >> (32 - ORDER_BITS)


def fingerprint(document: ListingDocument) -> str:
    """A hash of the document, by which the nightly comparison finds differences. The version is left out, because every
    reading has another one."""
    return fingerprint_of(document.as_dict())


def fingerprint_of(plain: dict[str, Any]) -> str:
    """The fingerprint of a document that ``ListingDocument.as_dict`` made plain already."""
    return hashlib.blake2b(as_json(plain | {"version": 0, "made_by": MADE_BY}).encode(), digest_size=12).hexdigest()


def day_of(instant: datetime) -> int:
    """The day in Vietnam as a number. A query lists the days it wants, which costs an engine far less than a range."""
    return vietnam_date(instant).toordinal()


def trust(document: ListingDocument) -> int:
    """0 to 100: orders answered in time 40, buyers' stars 30 (as if five had given three), certificates and OCOP 30."""
    count = document.rating_count
    average = ((document.rating or 0) * count + 3 * 5) / (count + 5)
    certified = min(30, 10 * len(document.certificates) + 5 * document.ocop_stars)
    return round(document.reliability * 0.4 + max(0, average - 1) / 4 * 30 + certified)


def _listing_texts(document: ListingDocument) -> dict[TextField, tuple[str, ...]]:
    return {
        TextField.NAME: _names(document.title),
        **_category_texts(document),
        TextField.HOUSEHOLD: (document.household.name,),
        TextField.PLACE: (document.province.name, document.commune.name, *document.former_places),
        TextField.DESCRIPTION: (document.description,),
        TextField.UNIT: (document.unit,),
    }


@lru_cache(maxsize=20_000)
def _names(title: str) -> tuple[str, ...]:
    other = said_otherwise(title)
    return (title, other) if other else (title,)


def _category_texts(document: ListingDocument) -> dict[TextField, tuple[str, ...]]:
    """The texts of the fields CATEGORY and KINDS.

    A category that lists several kinds ("Cam, bưởi, quýt") goes into KINDS, because the listing may be any of them. If
    the title or another category says one of the kinds, only that one counts and goes into CATEGORY: Bưởi Diễn is no
    cam.
    """
    parted = [_kinds(node.name) for node in document.categories]
    told = (document.title, *(kinds[0] for kinds in parted if len(kinds) == 1))
    sure: list[str] = []
    possible: list[str] = []
    for kinds in parted:
        meant = kinds if len(kinds) == 1 else tuple(kind for kind in kinds if any(_says(text, kind) for text in told))
        sure += meant
        possible += () if meant else kinds
    return {
        TextField.CATEGORY: tuple(name for kind in sure for name in _names_of_kind(kind)),
        TextField.KINDS: tuple(name for kind in possible for name in _names_of_kind(kind)),
    }


@lru_cache(maxsize=5_000)
def _names_of_kind(kind: str) -> tuple[str, ...]:
    """The names that one word may begin: "thịt lợn", "lợn" and "heo" of "Thịt lợn (heo)"."""
    return tuple(dict.fromkeys(name for part in OTHER_NAME.split(kind) for name in from_each_start(part)))


def _says(text: str, name: str) -> bool:
    """Does the text hold the name's words side by side? A text without any tone is compared without tones."""
    said, wanted = (" ".join(_words(part)) for part in (text, name))
    return f" {wanted if has_marks(said) else fold(wanted)} " in f" {said} "


@lru_cache(maxsize=5_000)
def _kinds(name: str) -> tuple[str, ...]:
    """The kinds that a category's name lists: three in "Hạt, tiêu và gia vị khô"."""
    return tuple(kind for kind in KINDS_PARTED_BY.split(name) if kind.strip()) or (name,)


def _texts(texts: dict[TextField, tuple[str, ...]]) -> FieldValues:
    """Every form of each text. A bar stands between names, so that no phrase matches across two of them."""
    fields: FieldValues = {}
    for field, parts in texts.items():
        read = _both_forms if field is TextField.DESCRIPTION else _both_forms_of_name
        said = [read(part) for part in parts if part]
        names = FORMS[field]
        fields[names[0]] = _joined([folded for folded, _ in said], field)
        fields[names[1]] = _joined([exact for _, exact in said], field)
        fields[names[2]] = _joined([exact for folded, exact in said if folded == exact], field)
    return fields


def _joined(names: list[str], field: TextField) -> str:
    joined = BETWEEN_NAMES.join(names)
    return f"{BAR} {joined}" if names and field in BEGUN_BY_BAR else joined


def _both_forms(text: str) -> tuple[str, str]:
    """The text without tones and with them."""
    words = exact_words(text)
    return " ".join(map(_folded, words)), " ".join(words)


def _said(document: ListingDocument) -> FieldValues:
    """The heads of the name for ranking; its words, pairs and heads for the vocabulary."""
    texts = (document.title, *(node.name for node in document.categories))
    said = [_words(text) for text in texts]
    heads = _once(head for name in _names(document.title) for head in _heads(name))
    return {
        "head": _once(map(_folded, heads)),
        "head_exact": heads,
        "head_bare": list(_heads(document.title)) if _is_bare(_words(document.title)) else [],
        "said_words": _once(word for text in said for word in text),
        "said_pairs": _once("_".join(pair) for text in said for pair in pairwise(text)),
        "said_heads": _once(head for text in texts for head in _heads(text)),
    }


# The same names of categories, places and households come again and again, and so do words, so results are remembered.
_words = lru_cache(maxsize=20_000)(exact_words)
_heads = lru_cache(maxsize=20_000)(exact_heads)
_folded = lru_cache(maxsize=50_000)(fold)
_both_forms_of_name = lru_cache(maxsize=20_000)(_both_forms)


def _is_bare(words: Iterable[str]) -> bool:
    """Written without any tone or mark, as on a keyboard that has none."""
    return all(_folded(word) == word for word in words)


def _once(said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(said))


def _keywords(document: ListingDocument) -> FieldValues:
    return {
        "kind": LISTING,
        "key": document.sku,
        "category_ids": [node.key for node in document.categories],
        "province_code": document.province.key,
        "commune_code": document.commune.key,
        "household_code": document.household.key,
        "price_band": price_band(document.price),
        "ocop_stars": str(document.ocop_stars),
        "season_months": [str(month) for month in document.harvest_months],
        "certificates": list(document.certificates),
        "delivers_to": list(document.delivers_to),
        "stock": "in" if document.in_stock else "out",
        "state": "prepared" if is_prepared(_words(document.title)) else "plain",
        "trust_level": [str(level) for level in TRUST_LEVELS if trust(document) >= level],
        "published_day": str(day_of(document.published_at)) if document.published_at else "",
        "lot": str(seller_of(document.household.key) % LOTS),
        **{name: list(values) for name, values in document.properties.items()},
    }


def _sortable(number: int, order: int) -> int:
    """One number that sorts by ``number`` and then by ``order``, because tantivy sorts by one field only."""
    return (min(number, MAX_NUMBER >> ORDER_BITS) << ORDER_BITS) + order


def _numbers(document: ListingDocument) -> FieldValues:
    published = int((document.published_at or datetime.fromtimestamp(0, UTC)).timestamp())
    order = order_of(document.sku)
    return {
        "version": document.version,
        "price": document.price,
        "net_weight_g": document.net_weight_g or 0,
        "trust": trust(document),
        "published": published,
        "seller": seller_of(document.household.key),
        "order": order,
        "by_price": _sortable(document.price, order),
        "by_published": _sortable(published, order),
    }
