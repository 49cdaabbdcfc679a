"""Photos straight from phones: made upright, clean and small; what is no photo is refused with a reason."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage, storages
from PIL import Image, ImageCms

from catalog import tasks
from catalog.models import Photo
from catalog.photos.picture import picture_of, rendition_name
from catalog.photos.processing import discard_photo, prepare_photo
from catalog.photos.reading import PhotoRefused
from catalog.photos.services import keep_photo
from tests.catalog import pictures
from tests.catalog.pictures import upload
from tests.factories.catalog import photo as photo_row


@pytest.fixture
def kept(cast, now, django_capture_on_commit_callbacks):
    """Take a photo in as the form does, with the work that follows the commit."""

    def keep(content: bytes, **how: str) -> Photo:
        with django_capture_on_commit_callbacks(execute=True):
            photo = keep_photo(upload=upload(content, **how), user=cast.head, now=now)
        photo.refresh_from_db()
        return photo

    return keep


def rendition(photo: Photo, width: int, extension: str = "jpg") -> Image.Image:
    with default_storage.open(rendition_name(photo.key, width, extension)) as file:
        return Image.open(io.BytesIO(file.read()))


def is_near(pixel: tuple[int, ...], colour: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(one - other) <= tolerance for one, other in zip(pixel, colour, strict=True))


def test_a_photo_becomes_three_widths_in_two_formats(kept):
    photo = kept(pictures.jpeg())
    assert (photo.width, photo.height, photo.widths) == (1600, 1200, [320, 640, 1280])
    for width in photo.widths:
        for extension, kind in (("jpg", "JPEG"), ("webp", "WEBP")):
            image = rendition(photo, width, extension)
            assert (image.format, image.size) == (kind, (width, width * 3 // 4))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_the_phone_was_held(kept, orientation):
    photo = kept(pictures.jpeg(orientation=orientation))
    image = rendition(photo, 320)
    lying = orientation in (1, 2, 3, 4)
    assert (photo.width > photo.height) is lying
    assert (image.width > image.height) is lying
    top_is_red = {1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left"}
    middle, edge = (image.width // 2, image.height // 2), 5
    where = {
        "top": (middle[0], edge),
        "bottom": (middle[0], image.height - edge),
        "left": (edge, middle[1]),
        "right": (image.width - edge, middle[1]),
    }
    assert is_near(image.getpixel(where[top_is_red[orientation]]), pictures.TOP)


@pytest.mark.parametrize("content", [pictures.jpeg(), pictures.heic()], ids=["jpeg", "heic"])
def test_nothing_says_where_or_by_what_it_was_taken(kept, content):
    photo = kept(content)
    for width in photo.widths:
        for extension in ("jpg", "webp"):
            image = rendition(photo, width, extension)
            assert not image.getexif()
            assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()


@pytest.mark.parametrize("kind", pictures.talkative())
def test_no_comment_or_text_of_the_upload_is_left_in_a_rendition(kept, kind):
    """Asked of the bytes that are served, so that no place of a file format is forgotten."""
    content = pictures.talkative()[kind]
    assert pictures.SECRET in content
    photo = kept(content)
    for width in photo.widths:
        for extension in ("jpg", "webp"):
            served = default_storage.open(rendition_name(photo.key, width, extension)).read()
            assert pictures.SECRET not in served
            assert b"xmpmeta" not in served


def test_the_upload_itself_is_private_and_gone_once_its_renditions_exist(cast, now, kept):
    waiting = keep_photo(upload=upload(pictures.jpeg()), user=cast.head, now=now)
    name = waiting.upload.name
    assert storages["private"].exists(name)
    assert not default_storage.exists(name)
    with pytest.raises(ValueError, match="not accessible via a URL"):
        _address = waiting.upload.url
    done = kept(pictures.jpeg())
    assert done.upload.name == ""
    assert not storages["private"].exists(str(done.key))


def test_a_wide_gamut_photo_keeps_its_colours(kept):
    """The same numbers mean a greener green in Adobe RGB; the renditions carry the sRGB numbers of that colour."""
    wide = kept(pictures.encoded(Image.new("RGB", (400, 300), (120, 160, 100)), icc_profile=pictures.adobe_rgb()))
    assert is_near(rendition(wide, 320).getpixel((5, 5)), (95, 161, 96), tolerance=6)


def test_a_colour_profile_that_does_not_fit_is_ignored(kept):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    photo = kept(pictures.encoded(Image.new("RGB", (400, 300), (40, 160, 60)), icc_profile=profile))
    assert is_near(rendition(photo, 320).getpixel((5, 5)), (40, 160, 60))


def test_a_heic_photo_is_accepted(kept):
    photo = kept(pictures.heic(), name="IMG_0001.HEIC", kind="image/heic")
    assert photo.widths == [320, 640, 800]
    assert is_near(rendition(photo, 640).getpixel((300, 10)), pictures.TOP, tolerance=25)


def test_a_large_png_is_shrunk_whole_and_upright(kept):
    """Only a JPEG shrinks while it is read; the others at a whole fraction right after."""
    photo = kept(pictures.encoded(pictures.two_halves(4003, 3001), "PNG", exif=pictures.phone_exif(6)))
    assert (photo.width, photo.height) == (3001, 4003)
    image = rendition(photo, 1280)
    assert image.size == (1280, 1707)
    assert is_near(image.getpixel((1270, 800)), pictures.TOP)
    assert is_near(image.getpixel((10, 800)), pictures.BOTTOM)


def test_a_see_through_png_lies_on_white(kept):
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    photo = kept(pictures.encoded(image, "PNG"), name="a.png")
    assert is_near(rendition(photo, 320).getpixel((9, 9)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_grey_indexed_and_print_pictures_are_accepted(kept, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    photo = kept(pictures.encoded(pictures.two_halves(400, 300).convert(mode), kind))
    assert rendition(photo, 320).mode == "RGB"


def test_a_small_photo_is_never_blown_up(kept):
    assert kept(pictures.jpeg(500, 400)).widths == [320, 500]


PEAK = """
import django, pathlib, re, sys
django.setup()
from catalog.photos.reading import upright_image, upright_size
with open(sys.argv[1], "rb") as file:
    size = upright_size(file)
    upright_image(file, 1280)
peak = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
print(*size, int(peak) // 1024)
"""


def test_fifty_megapixels_are_accepted_in_little_memory(kept, tmp_path):
    content = pictures.jpeg(8192, 6144)
    photo = kept(content)
    assert (photo.width, photo.height, photo.widths) == (8192, 6144, [320, 640, 1280])
    (tmp_path / "50.jpg").write_bytes(content)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    command = [sys.executable, "-c", PEAK, str(tmp_path / "50.jpg")]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    width, height, megabytes = map(int, told.split())
    assert (width, height) == (8192, 6144)
    assert megabytes < 220, "unpacked whole, its pixels alone take 150 MB on top of Django's 130"


REFUSED = {
    "bomb": (pictures.png_bomb(), "quá nhiều điểm ảnh"),
    "svg": (pictures.SVG, "SVG"),
    "executable": (pictures.EXECUTABLE, "JPEG"),
    "empty": (b"", ""),
    "cut off jpeg": (pictures.jpeg()[:6000], ""),
    "cut off heic": (pictures.heic()[:-300], ""),
    "cut off png": (pictures.encoded(pictures.two_halves(400, 300), "PNG")[:-40], ""),
    "cut off webp": (pictures.encoded(Image.effect_noise((400, 300), 80), "WEBP")[:-900], ""),
    "head only": (pictures.jpeg()[:20], ""),
    "too small": (pictures.jpeg(100, 90), ""),
    "too narrow": (pictures.jpeg(2000, 250), ""),
    "gif": (pictures.encoded(pictures.two_halves(300, 300), "GIF"), "JPEG"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_usable_photo_is_refused_and_leaves_nothing(cast, now, case):
    content, said = REFUSED[case]
    with pytest.raises(PhotoRefused) as refused:
        keep_photo(upload=upload(content), user=cast.head, now=now)
    assert said in str(refused.value)
    assert refused.value.field == "photos"
    assert not Photo.objects.exists()


def test_a_file_over_thirty_megabytes_is_refused_unread(cast, now):
    with pytest.raises(PhotoRefused, match="30 MB"):
        keep_photo(upload=upload(b"\xff\xd8\xff" + bytes(30 * 1024 * 1024)), user=cast.head, now=now)


def test_preparing_twice_makes_one_set_of_files(kept):
    photo = kept(pictures.jpeg())
    assert prepare_photo(photo_id=photo.pk) is False
    folder = rendition_name(photo.key, 320, "jpg").rpartition("/")[0]
    assert len(default_storage.listdir(folder)[1]) == 6


def test_a_worker_that_died_half_way_is_made_good(cast, now):
    photo = keep_photo(upload=upload(pictures.jpeg()), user=cast.head, now=now)
    default_storage.save(rendition_name(photo.key, 1280, "jpg"), upload(b"half a file"))
    assert prepare_photo(photo_id=photo.pk)
    photo.refresh_from_db()
    assert rendition(photo, 1280).size == (1280, 960)


def test_the_sweep_removes_unfinished_photos_with_their_files_and_prepares_overdue_ones(
    cast, now, kept, monkeypatch, django_capture_on_commit_callbacks
):
    left = kept(pictures.jpeg())
    fresh = photo_row(cast.head, now + timedelta(days=3))
    overdue = keep_photo(upload=upload(pictures.jpeg()), user=cast.head, now=now + timedelta(days=2, hours=23))
    monkeypatch.setattr(tasks.timezone, "now", lambda: now + timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_photos()
    assert set(Photo.objects.all()) == {fresh, overdue}
    assert not default_storage.exists(rendition_name(left.key, 320, "jpg"))
    overdue.refresh_from_db()
    assert overdue.is_ready


def test_a_photo_of_a_listing_is_never_discarded(cast, now):
    from households.access import Acting
    from tests.factories.catalog import draft

    photo = draft(Acting(cast.head, cast.household), now).photos.get()
    assert discard_photo(photo_id=photo.pk, now=now + timedelta(days=30)) is False


def test_a_picture_says_all_that_a_page_needs(cast, now):
    photo = photo_row(cast.head, now)
    picture = picture_of(photo, "Chè")
    assert picture["src"].endswith("/640.jpg")
    assert [part.rsplit(" ", 1)[1] for part in picture["webp"].split(", ")] == ["320w", "640w", "1280w"]
    assert (picture["width"], picture["height"], picture["alt"]) == (1280, 960, "Chè")
