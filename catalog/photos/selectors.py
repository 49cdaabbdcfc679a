"""Which photos a form may use, and which were left behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from catalog.models import Photo, Product

# A photo of a form that was never finished is kept this long.
UNFINISHED = timedelta(days=2)
OVERDUE = timedelta(minutes=10)


def counted_photos(listing: Product) -> QuerySet[Photo]:
    """The listing's photos that are ready or may still become so; a photo that failed counts as none."""
    return Photo.objects.filter(listing=listing, failure="")


def usable_photos(keys: Iterable[UUID], user: User, listing: Product | None) -> list[Photo]:
    """Of these, in this order, the photos that are the listing's already or that ``user`` uploaded for none yet."""
    mine = Q(uploaded_by=user, listing=None)
    if listing is not None:
        mine |= Q(listing=listing)
    found = {photo.key: photo for photo in Photo.objects.filter(mine, key__in=list(keys))}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def unfinished_photos(now: datetime) -> QuerySet[Photo]:
    """Photos that no listing has taken within UNFINISHED."""
    return Photo.objects.filter(listing=None, uploaded_at__lt=now - UNFINISHED)


def overdue_photos(now: datetime) -> QuerySet[Photo]:
    """Photos without renditions after OVERDUE that did not fail: a worker was stopped, never told, or had no room."""
    return Photo.objects.filter(widths=[], failure="", uploaded_at__lt=now - OVERDUE)


def unfinished_photos_of(user: User) -> QuerySet[Photo]:
    """What this person uploaded and no listing has taken yet, without the photos that failed."""
    return Photo.objects.filter(uploaded_by=user, listing=None, failure="")


def photos_of_last_hour(user: User, now: datetime) -> QuerySet[Photo]:
    """What this person uploaded within the hour, whatever became of it."""
    return Photo.objects.filter(uploaded_by=user, uploaded_at__gt=now - timedelta(hours=1))
