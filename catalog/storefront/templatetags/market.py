"""``{% market_kinds %}``: the roots of the tree of goods for the header, without a query."""

from __future__ import annotations

from django.template import Library
from django.utils.functional import Promise

from catalog.categories import HEADER_NAMES
from catalog.storefront.structured_data import absolute

register = Library()


@register.simple_tag
def market_kinds() -> list[tuple[str, str | Promise]]:
    """(code, short name) of each root, in the order of the header; the code is also its picture in kinds.svg."""
    return list(HEADER_NAMES.items())


@register.simple_tag
def absolute_address(path: str) -> str:
    return absolute(path)
