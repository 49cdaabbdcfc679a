"""Where a photo's renditions lie, and what a page needs to show it: plain data that also fits into an index."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from django.core.files.storage import default_storage

from catalog.models import Photo

WIDTHS = (320, 640, 1280)
FORMATS = {"webp": "image/webp", "jpg": "image/jpeg"}


class Picture(TypedDict):
    """``webp`` and ``jpg`` are ready srcset values; ``src`` is a middle JPEG for a browser that knows neither."""

    webp: str
    jpg: str
    src: str
    large: str
    width: int
    height: int
    alt: str


def rendition_name(key: UUID | str, width: int, extension: str) -> str:
    """The file of one rendition. Derived, so that making it again replaces it."""
    return f"photos/{str(key)[:2]}/{key}/{width}.{extension}"


def picture_of(photo: Photo, alt: str) -> Picture:
    """What the picture partial shows of a photo that is ready."""
    return Picture(
        webp=_srcset(photo, "webp"),
        jpg=_srcset(photo, "jpg"),
        src=_address(photo, photo.widths[len(photo.widths) // 2], "jpg"),
        large=_address(photo, photo.widths[-1], "jpg"),
        width=photo.width,
        height=photo.height,
        alt=alt,
    )


def _srcset(photo: Photo, extension: str) -> str:
    return ", ".join(f"{_address(photo, width, extension)} {width}w" for width in photo.widths)


def _address(photo: Photo, width: int, extension: str) -> str:
    return default_storage.url(rendition_name(photo.key, width, extension))
