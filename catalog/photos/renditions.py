"""Writing a photo's renditions: a few widths in WebP and JPEG, each under a name that its photo determines."""

from __future__ import annotations

import io
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from catalog.photos.picture import FORMATS, WIDTHS, rendition_name
from catalog.photos.reading import upright_image

WEBP_QUALITY = {320: 55, 640: 64}
"""By width; a wider one is for looking closely. Small ones stand twenty-four to a page, and phones pay by the byte."""
_HOW: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "method": 6},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}


def write_renditions(key: UUID, upload: IO[bytes]) -> list[int]:
    """Write every rendition, replacing what is there; returns the widths made."""
    image = upright_image(upload, max(WIDTHS))
    widths = rendition_widths(image.width)
    for width in reversed(widths):
        image = _narrowed(image, width)
        for extension in FORMATS:
            _put(rendition_name(key, width, extension), _encoded(image, extension))
    return widths


def rendition_widths(photo_width: int) -> list[int]:
    """The widths of the renditions that a photo of this width has: never larger than itself."""
    return sorted({min(width, photo_width) for width in WIDTHS})


def delete_renditions(key: UUID, photo_width: int) -> None:
    """Remove every rendition that may have been written, whether or not all of them were."""
    for width in rendition_widths(photo_width):
        for extension in FORMATS:
            default_storage.delete(rendition_name(key, width, extension))


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width == width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(image: Image.Image, extension: str) -> bytes:
    buffer = io.BytesIO()
    how = dict(_HOW[extension])
    if extension == "webp":
        how["quality"] = WEBP_QUALITY.get(image.width, 76)
    image.save(buffer, **how)
    return buffer.getvalue()


def _put(name: str, content: bytes) -> None:
    """Under exactly this name: Django's storage would otherwise pick another when the file exists."""
    if default_storage.exists(name):
        default_storage.delete(name)
    written = default_storage.save(name, ContentFile(content))
    if written != name:  # somebody made the same rendition at the same moment
        default_storage.delete(written)
