"""What the bytes around a picture say, read without decoding it: its kind, its sampling, boxes that turn it."""

from __future__ import annotations

import io
import struct
from typing import IO

from PIL import Image

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
# The two texts that can hold how the phone was held.
_PNG_TEXTS_KEPT = (b"Raw profile type exif\0", b"XML:com.adobe.xmp\0")
_MAX_META_BYTES = 1024 * 1024


def kind_of(head: bytes) -> str:
    """Pillow's name of the format that these first 512 bytes begin; empty for what is no photo."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(_PNG_HEAD):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4]), 512), 4))}
        if brands & _AVIF_BRANDS:
            return "AVIF"
        if brands & _HEIC_BRANDS:
            return "HEIF"
    return ""


def without_texts(file: IO[bytes]) -> IO[bytes]:
    """A PNG without its text chunks, but for those that say how the phone was held.

    Comments may unpack to any size, and nothing of ours reads them. A file that does not parse is given back as it is:
    its decoder says what is wrong.
    """
    file.seek(0)
    content = file.read()
    file.seek(0)
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if name not in _PNG_TEXTS or content.startswith(_PNG_TEXTS_KEPT, at + 8):
            kept.append(content[at:end])
        at = end
    kept.append(content[at:])
    return io.BytesIO(b"".join(kept))


def jpeg_sampling(image: Image.Image) -> float:
    """How many samples a JPEG keeps for each pixel: 1.5 for the usual 4:2:0, 3 for 4:4:4, 4 for print colours."""
    layers: list[tuple[int, int]] = [
        (horizontal, vertical) for _id, horizontal, vertical, _table in getattr(image, "layer", [])
    ]
    if not layers:
        return 4.0
    whole = max(h for h, _ in layers) * max(v for _, v in layers)
    return sum(h * v for h, v in layers) / whole


def turns_itself(file: IO[bytes]) -> bool:
    """Whether a HEIC or AVIF has a box (``irot``, ``imir``) by which its decoder turns it."""
    file.seek(0)
    while len(head := file.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        if name == b"meta":
            meta = file.read(min(max(size - 8, 0), _MAX_META_BYTES))
            file.seek(0)
            return b"irot" in meta or b"imir" in meta
        if size < 8:  # 0: to the end of the file, 1: a length of 64 bits; neither stands before the properties
            break
        file.seek(size - 8, io.SEEK_CUR)
    file.seek(0)
    return False
