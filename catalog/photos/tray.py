"""The photos of one sent form: those kept before, those just uploaded, and why some were refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.guards import user_of
from catalog.models import Photo, Product
from catalog.photos.picture import Picture, picture_of
from catalog.photos.selectors import usable_photos
from catalog.photos.services import MAX_PHOTOS, keep_photo
from core.errors import DomainError
from core.private_files import NO_ROOM
from core.unsent_forms import unsent_words
from core.uploads import skipped_uploads


@dataclass
class PhotoTray:
    """``photos`` survive an error elsewhere in the form: the next page offers them again.

    Those that failed are shown with what to do about it and cannot be kept. ``main`` is the key of the photo that is
    ticked to be shown first; without it, it is the first one. ``unticked`` are photos that shall not be kept.
    """

    photos: list[Photo]
    errors: list[str] = field(default_factory=list)
    main: str = ""
    unticked: set[UUID] = field(default_factory=set)

    def shown(self) -> list[tuple[Photo, Picture | None]]:
        return [(photo, picture_of(photo, "") if photo.is_ready else None) for photo in self.photos]

    @property
    def first(self) -> UUID | None:
        """The key of the photo that is ticked to be shown first."""
        keys = [photo.key for photo in self.photos]
        return next((key for key in keys if str(key) == self.main), keys[0] if keys else None)


def opened_tray(request: HttpRequest, listing: Product | None, photos: list[Photo]) -> PhotoTray:
    """The photos of a form that opens, as ticked in a form that could not be sent (core/unsent_forms.py)."""
    words = unsent_words(request.path)
    if words is None:
        return PhotoTray(photos)
    ticked = usable_photos(_keys(words.getlist("kept")), user_of(request), listing)
    unticked = {photo.key for photo in photos if photo not in ticked}
    added = [photo for photo in ticked if photo not in photos]
    return PhotoTray([*photos, *added], main=words.get("main") or "", unticked=unticked)


def sent_photos(request: HttpRequest, listing: Product | None, now: datetime) -> PhotoTray:
    """Take in what the form of a listing sent; the one marked as main comes first."""
    user = user_of(request)
    kept = usable_photos(sent_keys(request), user, listing)
    tray = collect_photos(
        request, kept, most=MAX_PHOTOS, keep=lambda upload: keep_photo(upload=upload, user=user, now=now)
    )
    main = request.POST.get("main")
    tray.photos.sort(key=lambda photo: str(photo.key) != main)
    return tray


def collect_photos(
    request: HttpRequest, kept: list[Photo], *, most: int, keep: Callable[[UploadedFile[bytes]], Photo]
) -> PhotoTray:
    """Take in what a form sent, behind the photos that were ``kept``; what cannot be kept is said among the errors."""
    tray = PhotoTray(kept)
    tray.errors += [f"{name}: {NO_ROOM}" for name in skipped_uploads(request)]
    uploads = [*request.FILES.getlist("camera"), *request.FILES.getlist("photos")]
    for upload in uploads:
        if len(tray.photos) >= most:
            tray.errors.append(_("At most %(most)s photos.") % {"most": most})
            break
        try:
            tray.photos.append(keep(upload))
        except DomainError as refusal:
            tray.errors.append(f"{upload.name}: {refusal}")
    if tray.photos:  # made ready in the meantime when the work is done in process
        fresh = Photo.objects.in_bulk([photo.pk for photo in tray.photos])
        tray.photos = [fresh[photo.pk] for photo in tray.photos if photo.pk in fresh]
    failed = [photo for photo in tray.photos if photo.failure]
    tray.errors += [photo.get_failure_display() for photo in failed]
    tray.photos = [photo for photo in tray.photos if photo not in failed]
    return tray


def sent_keys(request: HttpRequest) -> list[UUID]:
    """The keys of the photos that the form offered again and that stay marked."""
    return _keys(request.POST.getlist("kept"))


def _keys(texts: list[str]) -> list[UUID]:
    keys = []
    for text in texts[: 2 * MAX_PHOTOS]:
        try:
            keys.append(UUID(text))
        except ValueError:  # not from our form
            continue
    return keys
