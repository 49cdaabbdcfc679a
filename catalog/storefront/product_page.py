"""All that the product page says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from catalog.cards import ListingCard, card_of
from catalog.certificates.selectors import valid_papers_of
from catalog.models import Category, Certificate, Product
from catalog.photos.picture import Picture, picture_of
from catalog.properties import page_rows
from catalog.selectors import branch_of
from catalog.units import SaleUnit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_AT_ONCE = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """``available`` is what can be ordered now, in sale units; ``most_at_once`` bounds the quantity field.

    ``rows``: label and text of each property that stands among the facts (``catalog.properties``).
    """

    card: ListingCard
    product: Product
    pictures: tuple[Picture, ...]
    branch: tuple[Category, ...]
    available: int
    most_at_once: int
    unit_name: Any
    rows: tuple[tuple[StrOrPromise, str], ...]
    certificates: tuple[Certificate, ...]


def product_page(product: Product, now: datetime) -> ProductPage:
    """The page of a product read through ``listing_on_page``."""
    read: Any = product  # with the prefetched lists
    record = read.stockrecords.all()[0]
    available = max(record.num_in_stock - (record.num_allocated or 0), 0)
    return ProductPage(
        card=card_of(product, now),
        product=product,
        pictures=tuple(picture_of(photo, product.title) for photo in read.ready_photos),
        branch=tuple(branch_of(product.pk)),
        available=available,
        most_at_once=min(available, MAX_AT_ONCE),
        unit_name=SaleUnit(product.sale_unit).label,
        rows=page_rows(product),
        certificates=valid_papers_of(product),
    )
