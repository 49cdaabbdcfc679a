"""What is typed becomes a listing: checked against the rows it names, then written onto the product."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from catalog.listing.data import ListingData, ListingRefused, settled, write_columns
from catalog.models import Category, Photo, Product
from catalog.photos.services import MAX_PHOTOS
from core.text import slug
from households.models import Commune


def accept_listing(data: ListingData, photos: Sequence[Photo]) -> ListingData:
    """The listing with what follows from it filled in. Raises ListingRefused with the field to mend."""
    full = settled(data)
    if len(photos) > MAX_PHOTOS:
        raise ListingRefused(_("At most %(most)s photos.") % {"most": MAX_PHOTOS}, field="photos")
    if not Category.objects.filter(pk=full.category_id).exists():
        raise ListingRefused(_("Choose a kind of product from the list."), field="category_id")
    if not Commune.objects.filter(pk=full.origin_commune_id).exists():
        raise ListingRefused(_("Choose the commune where it was grown."), field="origin_commune_id")
    return full


def write_listing(listing: Product, data: ListingData) -> None:
    """Set and save the product's row, its address and its kind. In a transaction."""
    write_columns(listing, data)
    listing.slug = slug(data.title, fallback="san-pham")
    listing.save()
    listing.categories.set([data.category_id])
