"""The demo's painted pictures as files to upload: a listing's still life, a household's land and its face."""

from __future__ import annotations

import io
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image

from core.text import slug

FOLDER = Path(__file__).parent / "pictures"


def listing_pictures(title: str) -> list[ContentFile[bytes]]:
    """What a buyer gets, whole and from near. Raises FileNotFoundError for a title that nobody painted."""
    return [painted(slug(title)), painted(f"{slug(title)}-gan")]


def painted(name: str) -> ContentFile[bytes]:
    """The picture of this name as a JPEG, as a phone would send it."""
    data = io.BytesIO()
    with Image.open(FOLDER / f"{name}.avif") as picture:
        picture.convert("RGB").save(data, "JPEG", quality=90)
    return ContentFile(data.getvalue(), name=f"{name}.jpg")
