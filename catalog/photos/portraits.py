"""The pictures of a household itself: the people behind the storefront, and their land."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from catalog.models import Photo, Portrait
from catalog.photos.picture import Picture, picture_of
from catalog.photos.services import keep_photo
from catalog.tasks import discard
from core.transactions import in_transaction
from core.work import enqueue
from households.access import Acting
from households.audit import record_for_household

if TYPE_CHECKING:
    from django.core.files import File


@dataclass(slots=True)
class Portraits:
    """What a storefront shows of its household; None where it has given no picture, or none is ready yet."""

    face: Picture | None = None
    land: Picture | None = None


def portraits_of(households: Iterable[int]) -> dict[int, Portraits]:
    """By the number of the household, for each that has a picture: one query. The newest that is ready counts."""
    found: dict[int, Portraits] = {}
    ready = Photo.objects.filter(portrays__in=list(households), failure="").exclude(widths=[])
    for photo in ready.annotate(household=F("portrays"), says=F("portrays__name")).order_by("pk"):
        setattr(found.setdefault(photo.household, Portraits()), photo.portrait, picture_of(photo, photo.says))
    return found


def set_portrait(*, acting: Acting, portrait: Portrait, upload: File[bytes], now: datetime) -> Photo:
    """Show this picture on the storefront of ``acting``'s household; the one before goes once this one is ready.

    Raises PhotoRefused and FileNotKept, as ``keep_photo`` does.
    """
    photo = keep_photo(upload=upload, user=acting.user, now=now)
    return _shown(acting=acting, photo=photo, portrait=portrait, now=now)


@in_transaction
def _shown(*, acting: Acting, photo: Photo, portrait: Portrait, now: datetime) -> Photo:
    photo.portrays, photo.portrait = acting.household, portrait
    photo.save(update_fields=["portrays", "portrait"])
    record_for_household(acting=acting, action="set_portrait", subject=acting.household, now=now, changes={})
    return photo


@in_transaction
def remove_portrait(*, acting: Acting, portrait: Portrait, now: datetime) -> bool:
    """Take the household's pictures of this kind off the storefront, files and all; true when there was one."""
    photos = Photo.objects.filter(portrays=acting.household, portrait=portrait)
    keys = list(photos.values_list("pk", flat=True))
    if not keys:
        return False
    photos.update(portrays=None, portrait="")
    for key in keys:
        enqueue(discard, key)
    record_for_household(acting=acting, action="remove_portrait", subject=acting.household, now=now, changes={})
    return True
