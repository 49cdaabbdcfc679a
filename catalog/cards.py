"""What a small card of a listing shows: plain data, made from a row here or from a search result above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from catalog.certificates.quality import QualityKind
from catalog.certificates.selectors import badges_of
from catalog.models import Product
from catalog.photos.picture import Picture, picture_of
from catalog.units import price_per_kilogram, show_unit
from core.periods import vietnam_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCard:
    """``picture`` is None until a photo is ready. ``stars`` and ``certificates`` are of papers valid today."""

    product_id: int
    title: str
    url: str
    price: int
    unit: str
    price_per_kg: int | None
    in_stock: bool
    in_season: bool
    stars: int
    certificates: tuple[QualityKind, ...]
    household_name: str
    household_url: str
    place: str
    picture: Picture | None
    near_to: str = ""
    """Only of a search result that is not what was typed but near it: what was typed."""


def card_of(product: Product, now: datetime) -> ListingCard:
    """The card of a product read through ``catalog.selectors.with_card_data``."""
    read: Any = product  # with the prefetched lists
    record = read.stockrecords.all()[0]
    price = record.dong
    badges = badges_of(product)
    return ListingCard(
        product_id=product.pk,
        title=product.title,
        url=product_url(product.slug, product.pk),
        price=price,
        unit=show_unit(product.sale_unit, product.pieces, product.net_weight_g),
        price_per_kg=price_per_kilogram(price, product.sale_unit, product.net_weight_g),
        in_stock=record.num_in_stock > (record.num_allocated or 0),
        in_season=is_in_season(product.harvest_months, now),
        stars=badges.stars,
        certificates=badges.kinds,
        household_name=product.household.name,
        household_url=storefront_url(product.household.slug, product.household.code),
        place=f"{product.origin_commune.name}, {product.origin_commune.province.name}",
        picture=picture_of(read.ready_photos[0], product.title) if read.ready_photos else None,
    )


def is_in_season(months: list[int] | tuple[int, ...], now: datetime) -> bool:
    """Whether this month in Vietnam is a harvest month; a listing without months is there all year and in no season."""
    return vietnam_date(now).month in months


def product_url(slug: str, product_id: int) -> str:
    return reverse("catalogue:detail", kwargs={"product_slug": slug, "pk": product_id})


def storefront_url(slug: str, household_code: str) -> str:
    return reverse("storefront:household", kwargs={"slug": slug, "code": household_code})
