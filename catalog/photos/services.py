"""Photos of a listing: kept from the first upload, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from catalog.models import Photo, Product
from catalog.photos.reading import upright_size
from catalog.tasks import discard, prepare
from core.work import enqueue

if TYPE_CHECKING:
    from django.core.files import File

    from accounts.models import User

MAX_PHOTOS = 8
"""Of one listing."""


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
        enqueue(prepare, photo.pk)
    return photo


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
    for photo_id in removed:
        enqueue(discard, photo_id)
    return True
