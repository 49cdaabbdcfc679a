"""The photograph of a signed paper: what was sent, unchanged, and beside it a copy that every browser shows."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast
from uuid import uuid4

from django.core.files.base import File

from catalog.photos.containers import kind_of
from catalog.photos.paper import readable_paper
from households.models.mandate import SignedPaper

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDINGS: Mapping[str, str] = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic", "AVIF": "avif"}


def signed_paper(photo: File[bytes]) -> SignedPaper:
    """Both copies under names of our own. Raises PhotoRefused for what is no photograph."""
    readable = readable_paper(photo)
    sent = cast(IO[bytes], photo.open("rb"))
    ending = _ENDINGS[kind_of(sent.read(512))]
    return SignedPaper(readable=readable, as_sent=File(sent, f"{uuid4()}.{ending}"))
