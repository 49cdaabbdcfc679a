"""Suggestions as JSON for the search field's script; every entry leads to an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from catalog.selectors import category_tree
from core.money import show_dong
from search.asking.parameters import NAMES
from search.engines.documents import ListingDocument, Signpost
from search.engines.port import Facet, Suggestions
from search.pages.cards import card_of_document

CATEGORY, PROVINCE, COMMUNE = "category", "province", "commune"


def as_json(found: Suggestions, now: datetime) -> dict[str, list[dict[str, Any]]]:
    kinds = [sign for sign in found.signposts if sign.kind == CATEGORY]
    return {
        "listings": [_listing(document, now) for document in found.listings],
        "categories": [_signpost(sign) for sign in _local(kinds)],
        "places": [_signpost(sign) for sign in found.signposts if sign.kind in (PROVINCE, COMMUNE)],
    }


def _local(kinds: list[Signpost]) -> list[Signpost]:
    """Categories with the names of the reader's language; the index holds the Vietnamese ones."""
    if not kinds or (get_language() or "vi").startswith("vi"):
        return kinds
    tree = category_tree()
    names = {category.path: category.local_name for category in tree}
    known = {
        str(category.pk): (category.local_name, names.get(category.path[: -category.steplen], "")) for category in tree
    }
    said = ((sign, *known.get(sign.key, (sign.name, sign.detail))) for sign in kinds)
    return [replace(sign, name=name, detail=detail) for sign, name, detail in said]


def _listing(document: ListingDocument, now: datetime) -> dict[str, Any]:
    card = card_of_document(document, now)
    return {"name": card.title, "detail": f"{show_dong(card.price)} / {card.unit}", "url": card.url}


def _signpost(sign: Signpost) -> dict[str, Any]:
    return {"name": sign.name, "detail": sign.detail, "count": sign.listings, "url": _address(sign)}


def _address(sign: Signpost) -> str:
    """The address of a signpost. A commune is no facet, so its name is the text of a search."""
    facets = {CATEGORY: Facet.CATEGORY, PROVINCE: Facet.PROVINCE}
    query = {NAMES[facets[sign.kind]]: sign.key} if sign.kind in facets else {"q": f"{sign.name} {sign.detail}"}
    return f"{reverse('search:search')}?{urlencode(query)}"
