"""Photos of a listing: kept from upload, put in order, removed with their files."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.models import Photo, Product


def arrange_photos(*, listing: Product, photos: Sequence[Photo]) -> bool:
    """Make ``photos``, in this order, the listing's photos; true when that changed something."""
    before = list(listing.photos.values_list("pk", flat=True))
    wanted = [photo.pk for photo in photos]
    if before == wanted:
        return False
    listing.photos.exclude(pk__in=wanted).delete()
    for position, photo in enumerate(photos):
        Photo.objects.filter(pk=photo.pk).update(listing=listing, position=position)
    return True
