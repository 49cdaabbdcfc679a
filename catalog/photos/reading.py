"""Reading a picture that a stranger sent: what is accepted, and an upright, plain sRGB image of it.

The name and the declared type of an upload say nothing; its first bytes do. Sizes are read from the header, and a
picture that would take more than ``MAX_DECODED_BYTES`` of memory is refused before anything is unpacked. One picture
at a time is decoded in each process, so that the bound holds for the process and not only for the picture. Whatever
is in the file, the caller gets an image or a PhotoRefused with what to send instead.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from catalog.photos.containers import jpeg_sampling, kind_of, turns_itself, without_texts
from core.errors import DomainError

log = logging.getLogger(__name__)

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 80_000_000
MAX_DECODED_BYTES = 360 * 1024 * 1024
"""What one picture may take while it is decoded: 80 megapixels of a PNG, 48 megapixels of a HEIC."""
MIN_SIDE = 200
MAX_SIDES_RATIO = 4
MAX_SECONDS_WAITING = 20.0
"""How long a request waits for the pictures of others to be decoded before it asks to send the photo again."""

# Without the previews that phones embed: a preview would pass for a photo that was cut off behind it.
register_heif_opener(thumbnails=False)

_SRGB = ImageCms.createProfile("sRGB")
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED = {5, 6, 7, 8}
_GREY_16 = ("I;16", "I;16B", "I;16L", "I;16N", "I")
# What Pillow, libheif and libavif raise on data that ends early or makes no sense.
_BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, IndexError)
_DECODING = threading.Lock()


class PhotoRefused(DomainError):
    """This file cannot be a listing's photo; the message says what to send instead."""

    code = "photo_refused"
    field = "photos"


class DecoderBusy(PhotoRefused):
    """Nothing is wrong with the picture: others are being decoded, and it may be tried again."""


def declared_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height, in pixels and as one looks at it, by the header alone. Raises PhotoRefused.

    Nothing is unpacked, so a picture that is damaged further behind passes.
    """
    with _opened(file) as image:
        width, height = image.size
        return (height, width) if _orientation(image, file) in _TURNED else (width, height)


def upright_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height, in pixels and as one looks at it, of a photo that decodes to its end. Raises PhotoRefused."""
    with _opened(file) as image, _decoding():
        width, height = image.size
        turned = _orientation(image, file) in _TURNED
        image.draft("RGB", (MIN_SIDE, MIN_SIDE))
        _loaded(image, file, MIN_SIDE)
    return (height, width) if turned else (width, height)


def upright_image(file: IO[bytes], width: int) -> Image.Image:
    """The photo upright in sRGB, at least ``width`` wide unless it never was, with nothing attached to its pixels.

    Raises PhotoRefused.
    """
    with _opened(file) as image, _decoding():
        orientation = _orientation(image, file)
        image.draft("RGB", (width, width))
        image = _loaded(image, file, width)
        profile = image.info.get("icc_profile")
        small = _shrunk(_in_eight_bits(image), width)
        if orientation in _UPRIGHT:
            small = small.transpose(_UPRIGHT[orientation])
        plain = _in_srgb(_without_transparency(small), profile)
    plain.info = {}
    return plain


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """The picture with its header read and its size accepted; any error inside becomes a PhotoRefused."""
    kind = _accepted_kind(file)
    try:
        with Image.open(without_texts(file) if kind == "PNG" else file, formats=[kind]) as image:
            _require_size(image, kind)
            yield image
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise _damaged() from error
    except Exception as error:  # decoders of others, fed by strangers: each surprise is logged and answered
        log.exception("A picture broke its decoder")
        raise _damaged() from error


@contextmanager
def _decoding() -> Iterator[None]:
    """One decode at a time in this process: the memory of several would add up. Raises DecoderBusy after a wait."""
    if not _DECODING.acquire(timeout=MAX_SECONDS_WAITING):
        raise DecoderBusy(_("Many photos are arriving at this moment. Wait a minute and send this one again."))
    try:
        yield
    finally:
        _DECODING.release()


def _accepted_kind(file: IO[bytes]) -> str:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if not head:
        raise PhotoRefused(_("This file is empty. Choose the photo again."))
    if size > MAX_BYTES:
        raise PhotoRefused(_("This photo is larger than 30 MB. Send a smaller one."))
    if kind := kind_of(head):
        return kind
    if b"<svg" in head or head.lstrip().startswith(b"<?xml"):
        raise PhotoRefused(_("This is a drawing (SVG), not a photo. Send a photo from your phone."))
    raise PhotoRefused(_("This file is not a photo. Send a photo from your phone: JPEG, PNG, WebP, HEIC or AVIF."))


def _require_size(image: Image.Image, kind: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large()
    if min(width, height) < MIN_SIDE:
        raise PhotoRefused(_("This photo is too small to see anything on it. Send the original."))
    if max(width, height) > MAX_SIDES_RATIO * min(width, height):
        raise PhotoRefused(_("This photo is too long and narrow. Send an ordinary one."))
    if width * height * _bytes_per_pixel(image, kind) > MAX_DECODED_BYTES:
        raise _too_large()


def _bytes_per_pixel(image: Image.Image, kind: str) -> float:
    """The most memory that decoding takes for each pixel. Pillow keeps every colour pixel in four bytes."""
    if kind == "JPEG":
        # A plain JPEG is decoded at an eighth; a progressive one keeps every coefficient, in two bytes, until its end.
        return 2 * jpeg_sampling(image) if image.info.get("progressive") else 0.5
    if kind in ("HEIF", "AVIF"):
        return 1.5 + 2 + 4  # the planes of the codec, the rows that are handed over, and Pillow's own copy
    return {"1": 1, "L": 1, "P": 1, "I;16": 2}.get(image.mode, 4)


def _loaded(image: Image.Image, file: IO[bytes], width: int) -> Image.Image:
    """The decoded picture. A JPEG that lacks nothing but its end marker is taken: every pixel of it is there.

    Whether that is all it lacks shows when more data follows: a picture that is complete does not change with it.
    """
    try:
        image.load()
        return image
    except OSError:
        if image.format != "JPEG":
            raise
        file.seek(0)
        content = file.read()
        ended, filled = (_decoded(content + tail + b"\xff\xd9", width) for tail in (b"", b"\x5a\xa5\x3c" * 4000))
        if ended.tobytes() != filled.tobytes():
            raise
        return ended


def _decoded(content: bytes, width: int) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=["JPEG"])
    image.draft("RGB", (width, width))
    image.load()
    return image


def _orientation(image: Image.Image, file: IO[bytes]) -> int:
    """How the phone was held, 1 to 8 as EXIF counts: from EXIF, XMP or a text chunk, before anything drops them."""
    if image.format in ("HEIF", "AVIF"):
        # The codec has turned the picture where the file says so in a box of its own; only without one EXIF is meant.
        return 1 if turns_itself(file) else int(image.info.get("original_orientation") or 1)
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # EXIF that cannot be read says nothing, and the picture itself is good
        log.info("A photo's EXIF could not be read", exc_info=True)
        return 1
    return value if isinstance(value, int) else 1


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen-bit grey scaled to eight: Pillow alone would cut everything above 255 to white."""
    if image.mode not in _GREY_16:
        return image
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    """A large picture at a whole fraction, before anything copies it: only a JPEG shrinks while it is read."""
    factor = min(image.size) // width
    if factor < 2 or image.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return image
    small = image.reduce(factor)
    small.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    return small


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


def _damaged() -> PhotoRefused:
    return PhotoRefused(_("This photo arrived damaged or cut off half way. Send it again."))


def _too_large() -> PhotoRefused:
    return PhotoRefused(_("This picture has too many points to be read. Take it again in the camera's usual mode."))
