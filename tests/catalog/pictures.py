"""Real files as phones make them, and files that only pretend to be."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

ORIENTATION, MAKE, DESCRIPTION, GPS, LATITUDE = 0x0112, 0x010F, 0x010E, 0x8825, 2
TOP, BOTTOM = (200, 30, 30), (30, 30, 200)


def two_halves(width: int, height: int) -> Image.Image:
    """Red above, blue below: one sees at a glance which side is up."""
    image = Image.new("RGB", (width, height), BOTTOM)
    image.paste(TOP, (0, 0, width, height // 2))
    return image


def phone_exif(orientation: int = 1) -> Image.Exif:
    """A phone's name, the field where it was taken, and how the phone was held."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "Điện thoại của Hoa", orientation
    exif.get_ifd(GPS)[LATITUDE] = (21.0, 35.0, 12.0)
    exif.get_ifd(GPS)[1] = "N"
    return exif


def encoded(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def jpeg(width: int = 1600, height: int = 1200, **how: Any) -> bytes:
    return encoded(two_halves(width, height), exif=phone_exif(how.pop("orientation", 1)), quality=85, **how)


SECRET = b"21.59361N 105.84817E 0912000001"
"""Where a picture was taken and by whose phone, as the pictures of ``talkative`` say it in every place there is."""


def talkative() -> dict[str, bytes]:
    """By kind: pictures that say ``SECRET`` in their comment, text chunks, EXIF and XMP."""
    image, exif, texts = two_halves(800, 600), phone_exif(), PngInfo()
    exif[DESCRIPTION] = SECRET.decode()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    texts.add_text("Comment", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return {
        "jpeg": encoded(image, "JPEG", exif=exif, xmp=xmp, comment=SECRET),
        "png": encoded(image, "PNG", exif=exif, pnginfo=texts),
        "webp": encoded(image, "WEBP", exif=exif, xmp=xmp),
    }


def heic(width: int = 800, height: int = 600) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(two_halves(width, height)).save(buffer, quality=60, exif=phone_exif().tobytes())
    return buffer.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """A few kilobytes that would unpack to 10 gigabytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def adobe_rgb() -> bytes:
    """The colour profile many cameras attach: three primaries (adapted to D50), gamma 2.2."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.60974, 0.31111, 0.01947),
        b"gXYZ": xyz(0.20528, 0.62567, 0.06087),
        b"bXYZ": xyz(0.14919, 0.06322, 0.74457),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    offset, table, bodies = 128 + 4 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        table += struct.pack(">4sII", name, offset + len(bodies), len(body))
        bodies += body
    size = offset + len(bodies)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp"
    illuminant = xyz(0.9642, 1.0, 0.8249)[8:]
    return (head + bytes(28) + illuminant).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + bodies


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 4000


def upload(content: bytes, name: str = "anh.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)
