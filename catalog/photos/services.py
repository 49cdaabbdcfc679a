"""Photos of a listing: kept from the first upload, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Photo, Product
from catalog.photos.reading import PhotoRefused, declared_size, upright_size
from catalog.photos.selectors import photos_of_last_hour, unfinished_photos_of
from catalog.tasks import discard, prepare
from core.locks import lock_row
from core.work import enqueue

if TYPE_CHECKING:
    from django.core.files import File

MAX_PHOTOS = 8
"""Of one listing."""
MAX_UNFINISHED_PHOTOS = 40
"""Of one person, uploaded and of no listing yet: five full forms at once."""
MAX_PHOTOS_PER_HOUR = 200
"""Uploaded by one person: a listing with all its photos every two or three minutes."""


class TooManyPhotos(PhotoRefused):
    """Nothing is wrong with the picture: its sender has sent many, and may send it again later."""


def keep_photo(*, upload: File[bytes], user: User | None, now: datetime) -> Photo:
    """Take in one uploaded file, not yet of any listing; its renditions are made after the commit.

    ``user`` is None for a buyer without an account, whose photos the caller counts.

    Where a worker makes them, only the header is read here, and damage further behind shows as the photo's ``failure``.
    Raises PhotoRefused, with what to send instead, and FileNotKept.
    """
    if user:
        _require_room(user, now)
    read_size = upright_size if settings.CELERY_TASK_ALWAYS_EAGER else declared_size
    width, height = read_size(upload.open("rb"))
    key = uuid4()
    with transaction.atomic():
        if user:
            lock_row(User.objects.all(), pk=user.pk)  # several uploads at once are counted one by one
            _require_room(user, now)
        photo = Photo(key=key, width=width, height=height, uploaded_by=user, uploaded_at=now)
        photo.upload.save(f"{key}", upload, save=False)
        photo.save()
        enqueue(prepare, photo.pk)
    return photo


def _require_room(user: User, now: datetime) -> None:
    if unfinished_photos_of(user).count() >= MAX_UNFINISHED_PHOTOS:
        raise TooManyPhotos(
            _("%(most)s of your photos are in no listing yet. Save the listings that you have begun, or wait two days.")
            % {"most": MAX_UNFINISHED_PHOTOS}
        )
    if photos_of_last_hour(user, now).count() >= MAX_PHOTOS_PER_HOUR:
        raise TooManyPhotos(
            _("You have sent %(most)s photos within an hour. Go on in an hour.") % {"most": MAX_PHOTOS_PER_HOUR}
        )


def arrange_photos(*, listing: Product, photos: Sequence[Photo], now: datetime) -> bool:
    """Make ``photos``, in this order, the listing's photos; true when that changed something. In a transaction.

    Those that it had before are set aside, from where they can be taken again for a while.
    """
    before = list(listing.photos.values_list("pk", flat=True))
    wanted = [photo.pk for photo in photos]
    if before == wanted:
        return False
    removed = [pk for pk in before if pk not in wanted]
    listing.photos.filter(pk__in=removed).update(listing=None, aside_of=listing, set_aside_at=now)
    for position, photo_id in enumerate(wanted):
        Photo.objects.filter(pk=photo_id).update(listing=listing, position=position, aside_of=None, set_aside_at=None)
    return True


def set_photos_aside(*, listing: Product, photos: Sequence[Photo], now: datetime) -> None:
    """Keep the photos of a change that is not published beside its listing; those that it shows stay where they are."""
    keys = [photo.pk for photo in photos]
    Photo.objects.filter(pk__in=keys, listing=None).update(aside_of=listing, set_aside_at=now)


def discard_photos(*, listing: Product) -> None:
    """Delete all photos of the listing and beside it, at once and for good. In a transaction."""
    photos = Photo.objects.filter(Q(listing=listing) | Q(aside_of=listing))
    keys = list(photos.values_list("pk", flat=True))
    Photo.objects.filter(pk__in=keys).update(listing=None, aside_of=None, set_aside_at=None)
    for key in keys:
        enqueue(discard, key)
