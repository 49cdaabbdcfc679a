"""Reading a picture that a stranger sent: what is accepted, and an upright, plain sRGB image of it.

The name and the declared type of an upload say nothing; its first bytes do. Sizes are read from the header and refused
before anything is unpacked. A JPEG, however large, is decoded at the smallest scale that still serves.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from core.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 30 * 1024 * 1024
MOST_PIXELS = 80_000_000
LEAST_SIDE = 200
LONGEST_SHAPE = 4

# Without the previews that phones embed: a preview would pass for a photo that was cut off behind it.
register_heif_opener(thumbnails=False)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_SRGB = ImageCms.createProfile("sRGB")
_ORIENTATION = 0x0112
_TURNED = {5, 6, 7, 8}
# What Pillow and libheif raise on data that ends early or makes no sense.
_BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, IndexError)


class PhotoRefused(DomainError):
    """This file cannot be a listing's photo; the message says what to send instead."""

    code = "photo_refused"
    field = "photos"


def upright_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height of a photo that can be used, as one looks at it. Raises PhotoRefused."""
    with _opened(file) as image:
        turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
        width, height = image.size
        image.draft("RGB", (LEAST_SIDE, LEAST_SIDE))
        image.load()
    return (height, width) if turned else (width, height)


def upright_image(file: IO[bytes], width: int) -> Image.Image:
    """The photo upright in sRGB, at least ``width`` wide unless it never was, with nothing attached to its pixels."""
    with _opened(file) as image:
        image.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(_shrunk(image, width))
        plain = _in_srgb(_without_transparency(upright), upright.info.get("icc_profile"))
    plain.info = {}
    return plain


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    """A large picture at a whole fraction, before anything copies it: only a JPEG shrinks while it is read."""
    factor = min(image.size) // width
    if factor < 2 or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return image
    small = image.reduce(factor)
    small.info = {name: image.info[name] for name in ("exif", "icc_profile", "transparency") if name in image.info}
    return small


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    kind = _kind_of(file)
    try:
        with Image.open(file, formats=[kind]) as image:
            _refuse_by_size(*image.size)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise PhotoRefused(_("This photo arrived damaged or cut off half way. Send it again.")) from error


def _kind_of(file: IO[bytes]) -> str:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if not head:
        raise PhotoRefused(_("This file is empty. Choose the photo again."))
    if size > MOST_BYTES:
        raise PhotoRefused(_("This photo is larger than 30 MB. Send a smaller one."))
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "HEIF"
    if b"<svg" in head or head.lstrip().startswith(b"<?xml"):
        raise PhotoRefused(_("This is a drawing (SVG), not a photo. Send a photo from your phone."))
    raise PhotoRefused(_("This file is not a photo. Send a photo from your phone: JPEG, PNG, WebP or HEIC."))


def _refuse_by_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large()
    if min(width, height) < LEAST_SIDE:
        raise PhotoRefused(_("This photo is too small to see anything on it. Send the original."))
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        raise PhotoRefused(_("This photo is too long and narrow. Send an ordinary one."))


def _too_large() -> PhotoRefused:
    return PhotoRefused(_("This picture has more than 80 million points. Take it again in the camera's usual mode."))


def _without_transparency(image: Image.Image) -> Image.Image:
    """On white: a see-through PNG must not turn black."""
    if not image.has_transparency_data:
        return image
    layered = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            # A profile that cannot be read or does not fit its pixels: their numbers are taken as sRGB.
            return image.convert("RGB")
        if converted is not None:
            return converted
    return image.convert("RGB")
