"""What a worker does with a photo: make its renditions, or remove it with its files."""

from __future__ import annotations

from django.db import transaction

from catalog.models import Photo, Product
from catalog.photos.renditions import delete_renditions, write_renditions
from catalog.signals import listing_changed


def prepare_photo(*, photo_id: int) -> bool:
    """Make the renditions and let go of the upload; done before or gone, it does nothing. True when done now.

    Outside a transaction: unpacking takes a second, and a lock held for it would stop every buyer.
    """
    photo = Photo.objects.filter(pk=photo_id, widths=[]).first()
    if photo is None:
        return False
    with photo.upload.open("rb") as upload:
        widths = write_renditions(photo.key, upload)
    name = photo.upload.name or ""
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(widths=widths, upload="")
        transaction.on_commit(lambda: photo.upload.storage.delete(name))
        listing_id = Photo.objects.values_list("listing_id", flat=True).get(pk=photo.pk)
        if listing_id:
            listing_changed.send(sender=Product, product_id=listing_id)
    return True


def discard_photo(*, photo_id: int) -> bool:
    """Remove a photo that belongs to no listing: its files, then its row. True when removed now."""
    photo = Photo.objects.filter(pk=photo_id, listing=None).first()
    if photo is None:
        return False
    delete_renditions(photo.key, photo.widths)
    if photo.upload.name:
        photo.upload.delete(save=False)
    photo.delete()
    return True
