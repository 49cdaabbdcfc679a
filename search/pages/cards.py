"""A document as the card that every list of products shows, without a query to the database."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from catalog.cards import ListingCard, is_in_season, product_url, storefront_url
from catalog.certificates.quality import in_order
from catalog.photos.picture import Picture
from catalog.units import price_per_kilogram, show_unit
from search.engines.documents import ListingDocument


def card_of_document(document: ListingDocument, now: datetime, near_to: str = "") -> ListingCard:
    return ListingCard(
        product_id=document.product_id,
        title=document.title,
        url=product_url(document.slug, document.product_id),
        price=document.price,
        unit=show_unit(document.sale_unit, document.pieces, document.net_weight_g),
        price_per_kg=price_per_kilogram(document.price, document.sale_unit, document.net_weight_g),
        in_stock=document.in_stock,
        in_season=is_in_season(document.harvest_months, now),
        stars=document.ocop_stars,
        certificates=in_order(document.certificates),
        household_name=document.household.name,
        household_url=storefront_url(document.household.slug, document.household.key),
        place=f"{document.commune.name}, {document.province.name}",
        picture=cast("Picture | None", document.picture),
        near_to=near_to,
    )
