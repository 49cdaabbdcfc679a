"""Which photos a form may use, and which were left behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from catalog.models import OPEN_REVISION, ListingRevision, ListingStatus, Photo, Product, Review

# A photo of a form that was never finished is kept this long.
UNFINISHED = timedelta(days=2)
# A photo that was removed, or whose change or draft was given up, can be taken again for so long.
ASIDE = timedelta(days=7)
OVERDUE = timedelta(minutes=10)


def counted_photos(listing: Product) -> QuerySet[Photo]:
    """The listing's photos that are ready or may still become so; a photo that failed counts as none."""
    return Photo.objects.filter(listing=listing, failure="")


def usable_photos(keys: Iterable[UUID], user: User, listing: Product | None) -> list[Photo]:
    """Of these, in this order: photos that ``user`` uploaded for no listing yet, the listing's, and those beside it."""
    mine = Q(uploaded_by=user, listing=None, aside_of=None, review=None, portrays=None)
    if listing is not None:
        mine |= Q(listing=listing) | Q(aside_of=listing)
    found = {photo.key: photo for photo in Photo.objects.filter(mine, key__in=list(keys))}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def usable_review_photos(keys: Iterable[UUID], user: User | None, review: Review | None) -> list[Photo]:
    """Of these, in this order: photos that ``user`` (None: a guest) uploaded for nothing yet, and the review's own."""
    usable = Q(uploaded_by=user, listing=None, aside_of=None, review=None)
    if review is not None:
        usable |= Q(review=review)
    found = {photo.key: photo for photo in Photo.objects.filter(usable, key__in=list(keys))}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def photos_to_discard(now: datetime) -> QuerySet[Photo]:
    """Photos that no form has saved within UNFINISHED, and those that nobody has taken again within ASIDE.

    A photo that a change still proposes stays for as long as the change is open. A household's picture goes when a
    newer one of the same kind is ready.
    """
    unfinished = Q(listing=None, aside_of=None, review=None, portrays=None, uploaded_at__lt=now - UNFINISHED)
    aside = Photo.objects.filter(set_aside_at__lt=now - ASIDE)
    changes = ListingRevision.objects.filter(listing__in=aside.values("aside_of"), status__in=OPEN_REVISION)
    proposed = [key for keys in changes.values_list("photo_keys", flat=True) for key in keys]
    given_up = Q(set_aside_at__lt=now - ASIDE) & ~Q(key__in=proposed)
    deleted = Q(listing__status=ListingStatus.DELETED, listing__date_updated__lt=now - ASIDE)
    newer = Photo.objects.filter(portrays=OuterRef("portrays"), portrait=OuterRef("portrait"), pk__gt=OuterRef("pk"))
    replaced = Exists(newer.filter(failure="").exclude(widths=[]))
    return Photo.objects.filter(unfinished | given_up | deleted | (Q(portrays__isnull=False) & replaced))


def photos_aside(listing: Product, now: datetime) -> list[Photo]:
    """The photos that were removed from the listing or not published with it, and can be taken again; latest first.

    Those of a change that is under way are not among them: they belong to it.
    """
    proposed = {key for keys in _open_changes(listing).values_list("photo_keys", flat=True) for key in keys}
    aside = Photo.objects.filter(aside_of=listing, set_aside_at__gte=now - ASIDE, failure="")
    return [photo for photo in aside.order_by("-set_aside_at", "position", "pk") if str(photo.key) not in proposed]


def _open_changes(listing: Product) -> QuerySet[ListingRevision]:
    return ListingRevision.objects.filter(listing=listing, status__in=OPEN_REVISION)


def photos_by_key(keys: Sequence[str]) -> list[Photo]:
    """The photos that are still there, in the order of their keys."""
    found = {str(photo.key): photo for photo in Photo.objects.filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def overdue_photos(now: datetime) -> QuerySet[Photo]:
    """Photos without renditions after OVERDUE that did not fail: a worker was stopped, never told, or had no room."""
    return Photo.objects.filter(widths=[], failure="", uploaded_at__lt=now - OVERDUE)


def unfinished_photos_of(user: User) -> QuerySet[Photo]:
    """What this person uploaded and no listing has taken yet, without the photos that failed."""
    unfinished = Q(listing=None, aside_of=None, review=None, portrays=None)
    return Photo.objects.filter(unfinished, uploaded_by=user, failure="")


def photos_of_last_hour(user: User, now: datetime) -> QuerySet[Photo]:
    """What this person uploaded within the hour, whatever became of it."""
    return Photo.objects.filter(uploaded_by=user, uploaded_at__gt=now - timedelta(hours=1))
