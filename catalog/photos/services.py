"""Photos of a listing: kept from the first upload, put in order, made ready, removed with their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from catalog.models import Photo, Product
from catalog.photos.reading import upright_size
from catalog.photos.renditions import delete_renditions, write_renditions
from catalog.signals import listing_changed

if TYPE_CHECKING:
    from django.core.files import File

    from accounts.models import User


def keep_photo(*, upload: File[bytes], user: User, now: datetime) -> Photo:
    """Take in one uploaded file, not yet of any listing; its renditions are made after the commit.

    Raises PhotoRefused, with what to send instead.
    """
    width, height = upright_size(upload.open("rb"))
    key = uuid4()
    with transaction.atomic():
        photo = Photo(key=key, width=width, height=height, uploaded_by=user, uploaded_at=now)
        photo.upload.save(f"{key}", upload, save=False)
        photo.save()
        _later("prepare", [photo.pk])
    return photo


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


def arrange_photos(*, listing: Product, photos: Sequence[Photo]) -> bool:
    """Make ``photos``, in this order, the listing's photos; true when that changed something. In a transaction."""
    before = list(listing.photos.values_list("pk", flat=True))
    wanted = [photo.pk for photo in photos]
    if before == wanted:
        return False
    removed = [pk for pk in before if pk not in wanted]
    listing.photos.filter(pk__in=removed).update(listing=None)
    for position, photo_id in enumerate(wanted):
        Photo.objects.filter(pk=photo_id).update(listing=listing, position=position)
    _later("discard", removed)
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


def _later(task_name: str, photo_ids: Iterable[int]) -> None:
    """Hand over to a worker; a broker that is down must not break the page, since a sweep comes later."""
    from catalog.tasks import discard, prepare  # the tasks call this module

    task = {"discard": discard, "prepare": prepare}[task_name]
    for photo_id in photo_ids:
        transaction.on_commit(partial(task.delay, photo_id), robust=True)
