"""The photograph of a paper: upright, readable, without the place where it was taken."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, cast
from uuid import uuid4

from django.core.files.base import ContentFile

from catalog.photos.reading import upright_image

if TYPE_CHECKING:
    from django.core.files import File

READABLE_WIDTH = 1400


def readable_paper(photo: File[bytes]) -> ContentFile[bytes]:
    """A JPEG of it that a person can read. Raises PhotoRefused for what is no photograph."""
    image = upright_image(cast(IO[bytes], photo.open("rb")), READABLE_WIDTH)
    image.thumbnail((READABLE_WIDTH, READABLE_WIDTH * 2))
    paper = io.BytesIO()
    image.save(paper, "JPEG", quality=80, optimize=True)
    return ContentFile(paper.getvalue(), f"{uuid4()}.jpg")
