"""Verbs of the catalogue that belong to no single listing page."""

from __future__ import annotations

from oscar.apps.catalogue.models import ProductClass

FARM_PRODUCE = "Nông sản"


def farm_produce() -> ProductClass:
    """The one kind of product that is sold here: shipped, with its stock tracked."""
    return ProductClass.objects.get_or_create(
        slug="nong-san", defaults={"name": FARM_PRODUCE, "track_stock": True, "requires_shipping": True}
    )[0]
