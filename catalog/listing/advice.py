"""What would make a listing sell better, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Storage
from catalog.photos.selectors import counted_photos
from catalog.storefront.product_page import ProductPage

ENOUGH_PHOTOS = 3
ENOUGH_WORDS = 20


def fixes(product: Product, *, photos: int, available: int) -> Iterator[tuple[bool, Any]]:
    """Each thing that buyers look for: whether it is missing, and what to do about it in plain words.

    ``photos`` counts those that are still being made ready too; ``available`` is in sale units.
    """
    yield not photos, _("Add a photo: without one it cannot be put on sale.")
    yield not available, _("Write how many you have: it stands as sold out.")
    yield photos < ENOUGH_PHOTOS, _("Add photos until there are three: near, far, and as packed.")
    yield (
        len(product.description.split()) < ENOUGH_WORDS,
        _("Write a few sentences more on how it is grown and how it tastes."),
    )
    yield not product.harvest_months, _("Mark the harvest months, so that buyers find it in its season.")
    yield (
        product.storage == Storage.CHILLED and not product.max_transit_days,
        _("Write how many days it may travel, so that it is not sent too far."),
    )


def next_fix(page: ProductPage) -> Any:
    """What to do next; None when the listing says all that buyers look for."""
    found = fixes(page.product, photos=counted_photos(page.product).count(), available=page.available)
    return next((advice for is_missing, advice in found if is_missing), None)
