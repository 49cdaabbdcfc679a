"""Background work on photos and certificates; each is safe to repeat."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from catalog.certificates.services import announce_validity_changes
from catalog.photos.processing import discard_photo, prepare_photo
from catalog.photos.selectors import overdue_photos, photos_to_discard
from core.periods import vietnam_date
from core.work import enqueue


@shared_task
def prepare(photo_id: int) -> None:
    prepare_photo(photo_id=photo_id)


@shared_task
def discard(photo_id: int) -> None:
    discard_photo(photo_id=photo_id, now=timezone.now())


@shared_task
def sweep_photos() -> None:
    """Remove what unfinished forms and given-up changes left behind; make ready what a stopped worker did not."""
    now = timezone.now()
    for photo_id in photos_to_discard(now).values_list("pk", flat=True):
        enqueue(discard, photo_id)
    for photo_id in overdue_photos(now).values_list("pk", flat=True):
        enqueue(prepare, photo_id)


@shared_task
def expire_certificates() -> None:
    """Daily: certificates that ended leave the search index too, and those whose validity begins enter it."""
    announce_validity_changes(today=vietnam_date(timezone.now()))
