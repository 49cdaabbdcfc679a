"""One function reads a picture: whatever is in the file, it gives an upright image or says what to send instead."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
from PIL import Image

from catalog.photos import reading
from catalog.photos.reading import PhotoRefused, declared_size, upright_image, upright_size
from tests.catalog import pictures
from tests.sizes import how_many

INPUTS = Path(__file__).parent / "inputs"
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (30, 30, 200), (230, 210, 40)
UPRIGHT = {
    # What stands at the top left, top right, bottom left and bottom right of the upright picture.
    "exif_minus1_over_0_ori6.jpg": ((480, 640), (BLUE, RED, YELLOW, GREEN)),
    "exif_resolution_as_text_ori6.jpg": ((480, 640), (BLUE, RED, YELLOW, GREEN)),
    "exif_negative_width_ori3.jpg": ((640, 480), (YELLOW, BLUE, GREEN, RED)),
    "heic_exif6_no_irot.heic": ((480, 640), (BLUE, RED, YELLOW, GREEN)),
    "png_4000_text_exif_ori6.png": ((3000, 4000), (BLUE, RED, YELLOW, GREEN)),
    "png_4000_xmp_ori6.png": ((3000, 4000), (BLUE, RED, YELLOW, GREEN)),
    "jpeg_with_place.jpg": ((640, 480), (RED, GREEN, BLUE, YELLOW)),
    "jpeg_without_end_marker.jpg": ((640, 480), (RED, GREEN, BLUE, YELLOW)),
    "png_long_comment.png": ((640, 480), (RED, GREEN, BLUE, YELLOW)),
}


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    left, top = image.width // 8, image.height // 8
    right, bottom = image.width - left, image.height - top
    return tuple(image.getpixel(where) for where in ((left, top), (right, top), (left, bottom), (right, bottom)))


def is_near(found: tuple, wanted: tuple) -> bool:
    return all(
        abs(a - b) < 40 for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", UPRIGHT)
def test_photos_that_broke_other_readers_are_taken_upright(name):
    size, colours = UPRIGHT[name]
    with (INPUTS / name).open("rb") as file:
        assert declared_size(file) == size
        assert upright_size(file) == size
        image = upright_image(file, 320)
    assert is_near(corners(image), colours)
    assert image.info == {}


def test_sixteen_bit_grey_keeps_its_greys():
    with (INPUTS / "grey16_page.png").open("rb") as file:
        darkest, lightest = upright_image(file, 850).convert("L").getextrema()
    assert (darkest, lightest) == (3000 // 257, 40000 // 257)


def test_a_heic_that_turns_itself_is_not_turned_again():
    """An iPhone writes both: a box that its decoder obeys, and the same orientation in EXIF for older readers."""
    content = (INPUTS / "heic_exif6_no_irot.heic").read_bytes()
    meta = content.index(b"meta")
    with_box = content[: meta + 8] + b"\0\0\0\x09irot\x03" + content[meta + 8 :]
    from catalog.photos.containers import turns_itself

    assert turns_itself(io.BytesIO(content)) is False
    size = struct.unpack(">I", content[meta - 4 : meta])[0] + 9
    assert turns_itself(io.BytesIO(with_box[: meta - 4] + struct.pack(">I", size) + with_box[meta:])) is True


def test_an_avif_is_a_photo():
    file = io.BytesIO(pictures.encoded(pictures.two_halves(640, 480), "AVIF"))
    assert upright_image(file, 320).size == (640, 480)


@pytest.mark.parametrize("cut", [3, 40, 400, 4000])
def test_a_jpeg_that_lacks_pixels_is_refused_however_little_is_missing(cut):
    noise = random.Random(3).randbytes(640 * 480 * 3)
    content = pictures.encoded(Image.frombytes("RGB", (640, 480), noise))
    with pytest.raises(PhotoRefused, match="Hãy gửi lại"):
        upright_image(io.BytesIO(content[:-cut]), 640)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_bytes_changed_at_random_give_an_image_or_a_refusal(kind):
    """Never another error: a decoder of others is fed by strangers."""
    content = pictures.encoded(pictures.two_halves(320, 240), kind)
    chance = random.Random(4)
    answers = set()
    for _turn in range(150):
        broken = bytearray(content)
        for _change in range(chance.randint(1, 12)):
            broken[chance.randrange(16, len(broken))] = chance.randrange(256)
        try:
            answers.add(type(upright_image(io.BytesIO(bytes(broken)), 240)))
        except PhotoRefused as refusal:
            answers.add(type(refusal))
    assert answers <= {Image.Image, PhotoRefused}


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def flat_png(width: int, height: int, colour_type: int = 2) -> bytes:
    """A few kilobytes that unpack to a whole picture of one colour."""
    row = b"\0" + b"\x40" * (width * {0: 1, 2: 3, 6: 4}[colour_type])
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def progressive(width: int, height: int, subsampling: int) -> bytes:
    image = Image.new("RGB", (64, 64), RED).resize((width, height))
    return pictures.encoded(image, "JPEG", progressive=True, subsampling=subsampling, quality=20)


def test_what_would_unpack_beyond_the_bound_is_refused_by_its_header():
    """80 megapixels fit as a plain JPEG or a PNG; not as a progressive JPEG in full colour, nor as a HEIC."""
    with pytest.raises(PhotoRefused, match="quá nhiều điểm ảnh"):
        declared_size(io.BytesIO(progressive(8900, 8900, 0)))
    assert declared_size(io.BytesIO(progressive(8900, 8900, 2))) == (8900, 8900)
    assert declared_size(io.BytesIO(flat_png(8900, 8900))) == (8900, 8900)


PEAK = """
import django, io, pathlib, re, sys, threading
django.setup()
from catalog.photos.reading import upright_image
content = pathlib.Path(sys.argv[1]).read_bytes()
begun = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
readers = [threading.Thread(target=upright_image, args=(io.BytesIO(content), 1280)) for _ in range(int(sys.argv[2]))]
[reader.start() for reader in readers]
[reader.join() for reader in readers]
peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
print((peak - begun) // 1024)
"""


@pytest.mark.as_found("eight pictures of 79 megapixels: the memory of one")
def test_pictures_sent_at_once_are_decoded_one_after_the_other(tmp_path):
    """Four times 40 megapixels of a PNG take the memory of one, 160 MB, and not of four.

    As found it was eight of 8900 × 8900, which took 3.8 GB.
    """
    side, count = how_many(small=6300, as_found=8900), how_many(small=4, as_found=8)
    (tmp_path / "large.png").write_bytes(flat_png(side, side))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    command = [sys.executable, "-c", PEAK, str(tmp_path / "large.png"), str(count)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    one = side * side * 4 // 1024**2  # four bytes for each pixel, in MB
    assert one - 10 < int(told) < 2 * one


def test_a_photo_that_cannot_wait_longer_is_asked_for_again(monkeypatch):
    monkeypatch.setattr(reading, "MAX_SECONDS_WAITING", 0.0)
    held, release = threading.Event(), threading.Event()

    def decode_for_long() -> None:
        with reading._decoding():
            held.set()
            release.wait()

    other = threading.Thread(target=decode_for_long)
    other.start()
    held.wait()
    try:
        with pytest.raises(PhotoRefused, match="Chờ một phút"):
            upright_size(io.BytesIO(pictures.jpeg()))
    finally:
        release.set()
        other.join()
    assert upright_size(io.BytesIO(pictures.jpeg())) == (1600, 1200)
