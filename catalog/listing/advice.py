"""One thing at a time that would make a listing sell better; the most telling first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Storage
from catalog.photos.selectors import counted_photos
from catalog.storefront.product_page import ProductPage

ENOUGH_PHOTOS = 3
ENOUGH_WORDS = 20


def next_fix(page: ProductPage) -> Any:
    """What to do next, in plain words; None when the listing says all that buyers look for."""
    product = page.product
    photos = counted_photos(product).count()  # those still being made ready count too
    fixes = [
        (not photos, _("Add a photo: without one it cannot be put on sale.")),
        (not page.available, _("Write how many you have: it stands as sold out.")),
        (photos < ENOUGH_PHOTOS, _("Add photos until there are three: near, far, and as packed.")),
        (
            len(product.description.split()) < ENOUGH_WORDS,
            _("Write a few sentences more on how it is grown and how it tastes."),
        ),
        (not product.harvest_months, _("Mark the harvest months, so that buyers find it in its season.")),
        (
            product.storage == Storage.CHILLED and not product.max_transit_days,
            _("Write how many days it may travel, so that it is not sent too far."),
        ),
    ]
    return next((advice for needed, advice in fixes if needed), None)
