"""What a worker does with a photo: make its renditions, or remove it with its files."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from catalog.models import Photo, PhotoFailure, Product
from catalog.photos.reading import DecoderBusy, PhotoRefused
from catalog.photos.renditions import delete_renditions, write_renditions
from catalog.photos.selectors import photos_to_discard
from catalog.signals import listing_changed, photo_failed

log = logging.getLogger(__name__)

MAX_TRIES = 5
"""Of making one photo's renditions. A full disk may have room again; what ended one worker would end the next."""


def prepare_photo(*, photo_id: int) -> bool:
    """Make the renditions and let go of the upload; done before, failed or gone, it does nothing. True when done now.

    Outside a transaction: unpacking takes a second, and a lock held for it would stop every buyer. Each try is counted
    before it begins, so that one that ends the process counts. Raises DecoderBusy, which is no try, and OSError where
    nothing can be written and another try will follow.
    """
    photo = Photo.objects.filter(pk=photo_id, widths=[], failure="").first()
    if photo is None:
        return False
    if photo.tries >= MAX_TRIES:
        _settle(photo, failure=PhotoFailure.UNREADABLE)
        return False
    Photo.objects.filter(pk=photo.pk).update(tries=F("tries") + 1)
    try:
        upload = photo.upload.open("rb")
    except (FileNotFoundError, ValueError):  # ValueError: the row names no file
        log.exception("The upload of photo %s is gone", photo.pk)
        _settle(photo, failure=PhotoFailure.LOST)
        return False
    try:
        with upload:
            widths = write_renditions(photo.key, upload)
    except DecoderBusy:
        Photo.objects.filter(pk=photo.pk).update(tries=F("tries") - 1)
        raise
    except PhotoRefused:
        log.info("Photo %s cannot be read", photo.pk, exc_info=True)
        _settle(photo, failure=PhotoFailure.UNREADABLE)
        return False
    except OSError:
        if photo.tries + 1 >= MAX_TRIES:
            _settle(photo, failure=PhotoFailure.NOT_STORED)
        raise
    _settle(photo, widths=widths)
    return True


def _settle(photo: Photo, **outcome: Any) -> None:
    """Write what became of the photo, let go of its upload, and tell whoever shows its listing."""
    name = photo.upload.name
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(upload="", **outcome)
        if name:
            transaction.on_commit(lambda: photo.upload.storage.delete(name))
        listing_id = Photo.objects.values_list("listing_id", flat=True).filter(pk=photo.pk).first()  # or deleted
        if listing_id:
            listing_changed.send(sender=Product, product_id=listing_id)
            if "failure" in outcome:
                photo_failed.send(sender=Photo, listing_id=listing_id)


def discard_photo(*, photo_id: int, now: datetime) -> bool:
    """Remove a photo that nothing has or keeps beside it: its files, then its row. True when removed now."""
    loose = Q(listing=None, aside_of=None, review=None, portrays=None)
    photo = Photo.objects.filter(loose | Q(pk__in=photos_to_discard(now).values("pk")), pk=photo_id).first()
    if photo is None:
        return False
    delete_renditions(photo.key, photo.width)
    if photo.upload.name:
        photo.upload.delete(save=False)
    photo.delete()
    return True
