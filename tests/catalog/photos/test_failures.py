"""Photos that cannot be made ready count as none, say what to do, and are not tried for ever."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from catalog import tasks
from catalog.listing.advice import next_fix
from catalog.listing.selectors import preview_of
from catalog.listing.services import ListingIncomplete, publish_listing, submit_for_check
from catalog.models import Photo, PhotoFailure, Product
from catalog.photos import processing, reading, services
from catalog.photos.picture import rendition_name
from catalog.photos.processing import MAX_TRIES, prepare_photo
from catalog.photos.reading import DecoderBusy, PhotoRefused
from catalog.photos.selectors import overdue_photos
from catalog.photos.services import arrange_photos, keep_photo
from catalog.selectors import with_page_data
from catalog.storefront.product_page import product_page
from core.private_files import FileNotKept
from households.access import Acting
from tests.catalog import pictures
from tests.catalog.listing.test_form_page import typed
from tests.catalog.pictures import upload
from tests.factories.catalog import draft
from tests.factories.catalog import photo as photo_row
from tests.sign_in import sign_in

CUT_OFF = pictures.jpeg()[:6000]


@pytest.fixture
def with_worker(settings):
    """Where a worker exists the request decodes nothing."""
    settings.CELERY_TASK_ALWAYS_EAGER = False


@pytest.fixture
def full_disk(monkeypatch):
    """Neither store takes another byte, as ENOSPC says it: half of the file is there already."""

    def write_half(storage, name, content):
        half = Path(storage.path(name))
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", write_half)


def waiting(user, now, content: bytes = b"") -> Photo:
    return keep_photo(upload=upload(content or pictures.jpeg()), user=user, now=now)


def fresh(photo: Photo) -> Photo:
    photo.refresh_from_db()
    return photo


def test_with_a_worker_the_request_reads_the_header_alone(cast, now, with_worker, monkeypatch):
    def never(image, file, width):
        raise AssertionError("decoded in the request")

    monkeypatch.setattr(reading, "_loaded", never)
    photo = waiting(cast.head, now, pictures.jpeg(800, 600, orientation=6))
    assert (photo.width, photo.height, photo.widths) == (600, 800, [])
    with pytest.raises(PhotoRefused, match="SVG"):
        waiting(cast.head, now, pictures.SVG)


def test_what_the_worker_cannot_decode_fails_once_and_lets_its_upload_go(
    cast, now, with_worker, django_capture_on_commit_callbacks
):
    photo = waiting(cast.head, now, CUT_OFF)
    name = photo.upload.name
    with django_capture_on_commit_callbacks(execute=True):
        assert prepare_photo(photo_id=photo.pk) is False
    assert (fresh(photo).failure, photo.upload.name, photo.is_ready) == (PhotoFailure.UNREADABLE, "", False)
    assert not storages["private"].exists(name)
    assert prepare_photo(photo_id=photo.pk) is False
    assert fresh(photo).tries == 1


def test_an_upload_that_is_gone_fails(cast, now):
    photo = waiting(cast.head, now)
    storages["private"].delete(photo.upload.name)
    assert prepare_photo(photo_id=photo.pk) is False
    assert fresh(photo).failure == PhotoFailure.LOST


def test_a_disk_that_stays_full_is_tried_to_an_end(cast, now, full_disk, monkeypatch):
    photo = Photo.objects.create(width=1600, height=1200, uploaded_by=cast.head, uploaded_at=now, upload="there")
    monkeypatch.setattr(storages["private"], "open", lambda name, mode: upload(pictures.jpeg()))
    for turn in range(1, MAX_TRIES + 1):
        assert fresh(photo).failure == ""
        with pytest.raises(OSError, match="No space"):
            prepare_photo(photo_id=photo.pk)
        assert fresh(photo).tries == turn
    assert photo.failure == PhotoFailure.NOT_STORED
    assert prepare_photo(photo_id=photo.pk) is False


def test_a_picture_that_ends_its_worker_is_tried_to_an_end(cast, now, monkeypatch):
    class Killed(BaseException):
        """What no handler sees: the process is gone."""

    def kill(key, upload):
        raise Killed

    photo = waiting(cast.head, now)
    monkeypatch.setattr(processing, "write_renditions", kill)
    for _turn in range(MAX_TRIES):
        with pytest.raises(Killed):
            prepare_photo(photo_id=photo.pk)
    assert prepare_photo(photo_id=photo.pk) is False
    assert fresh(photo).failure == PhotoFailure.UNREADABLE


def test_a_busy_decoder_is_no_try_and_the_photo_becomes_ready_later(cast, now, monkeypatch):
    photo = waiting(cast.head, now)
    monkeypatch.setattr(reading, "MAX_SECONDS_WAITING", 0.01)
    with reading._decoding():
        for _turn in range(MAX_TRIES + 1):
            with pytest.raises(DecoderBusy):
                prepare_photo(photo_id=photo.pk)
    assert (fresh(photo).tries, photo.failure) == (0, "")
    assert prepare_photo(photo_id=photo.pk)


def test_the_sweep_leaves_failed_photos_alone(cast, now, monkeypatch, django_capture_on_commit_callbacks):
    listing = draft(Acting(cast.head, cast.household), now, photos=0)
    photo = waiting(cast.head, now)
    Photo.objects.filter(pk=photo.pk).update(listing=listing, failure=PhotoFailure.LOST)
    monkeypatch.setattr(tasks.timezone, "now", lambda: now + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_photos()
    assert fresh(photo).tries == 0
    assert photo not in overdue_photos(now + timedelta(hours=1))


def test_half_written_renditions_of_a_failed_photo_go_with_it(cast, now, with_worker):
    photo = waiting(cast.head, now)
    Photo.objects.filter(pk=photo.pk).update(failure=PhotoFailure.NOT_STORED)
    half = default_storage.save(rendition_name(photo.key, 1280, "jpg"), upload(b"half"))
    processing.discard_photo(photo_id=photo.pk, now=now + timedelta(days=3))
    assert not default_storage.exists(half)


def test_a_failed_photo_counts_as_none(cast, now):
    acting = Acting(cast.head, cast.household)
    listing = draft(acting, now, photos=3)
    listing.photos.update(failure=PhotoFailure.UNREADABLE)
    for act in (
        lambda: submit_for_check(acting=acting, listing=listing, now=now),
        lambda: publish_listing(checker=cast.head, listing=listing, now=now),
    ):
        with pytest.raises(ListingIncomplete):
            act()
    page = product_page(preview_of(listing, now.date()), now)
    assert "ảnh" in str(next_fix(page))
    assert with_page_data(Product.objects.filter(pk=listing.pk), now.date()).get().ready_photos == []


def test_a_photo_that_waits_for_the_worker_counts(cast, now):
    listing = draft(Acting(cast.head, cast.household), now, photos=0)
    arrange_photos(listing=listing, photos=[photo_row(cast.head, now, ready=False)], now=now)
    assert publish_listing(checker=cast.head, listing=listing, now=now).is_public


def test_the_form_says_what_to_do_about_a_failed_photo_and_saving_takes_it_out(client, cast):
    now = timezone.now()
    listing = draft(Acting(cast.head, cast.household), now, photos=2)
    good, bad = listing.photos.all()
    Photo.objects.filter(pk=bad.pk).update(failure=PhotoFailure.UNREADABLE, widths=[])
    sign_in(client, cast.head)
    form = client.get(f"/san-hang/{listing.pk}/sua/").content.decode()
    assert "Ảnh này bị hỏng" in form
    assert f'name="kept" value="{good.key}"' in form
    assert str(bad.key) not in form
    sent = typed(key=listing.key, version=listing.version, kept=[good.key, bad.key])
    again = client.post(f"/san-hang/{listing.pk}/sua/", sent)
    assert again.status_code == 422
    assert "Ảnh này bị hỏng" in again.content.decode()
    client.post(f"/san-hang/{listing.pk}/sua/", sent | {"kept": [good.key]})
    assert list(listing.photos.all()) == [good]


def test_a_listing_on_sale_keeps_one_photo_that_counts(client, cast, now):
    from catalog.listing.services import propose_revision
    from tests.factories.catalog import listing as on_sale
    from tests.factories.catalog import listing_data

    acting = Acting(cast.head, cast.household)
    made = on_sale(acting, now)
    made.photos.update(failure=PhotoFailure.LOST)
    sent = {"acting": acting, "listing": made, "data": listing_data(acting), "version": 1, "replaces": None, "now": now}
    for photos in ([], list(made.photos.all())):
        with pytest.raises(ListingIncomplete, match="ảnh"):
            propose_revision(photos=photos, **sent)


def test_a_full_disk_is_a_message_that_keeps_what_was_typed(client, cast, full_disk):
    sign_in(client, cast.head)
    answer = client.post(
        f"/san-hang/them/{cast.household.code}/", typed(photos=[pictures.upload(pictures.jpeg(800, 600), "che.jpg")])
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "che.jpg: Hiện chúng tôi không còn chỗ" in page
    assert 'value="Chè Tân Cương loại một"' in page
    assert not Photo.objects.exists()


def test_a_full_temporary_folder_is_a_message_that_keeps_what_was_typed(client, cast, settings):
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = "/nowhere", 0
    sign_in(client, cast.head)
    photo = pictures.upload(pictures.jpeg(800, 600), "che.jpg")
    answer = client.post(f"/san-hang/them/{cast.household.code}/", typed(photos=[photo]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "che.jpg: Hiện chúng tôi không còn chỗ" in page
    assert 'value="Chè Tân Cương loại một"' in page
    assert not Product.objects.exists()


def test_without_a_worker_a_full_public_disk_keeps_the_form_and_the_photo_waits(
    client, cast, monkeypatch, django_capture_on_commit_callbacks
):
    def no_room(name, content, max_length=None):
        raise OSError(errno.ENOSPC, "No space left on device")

    sign_in(client, cast.head)
    with monkeypatch.context() as full, django_capture_on_commit_callbacks(execute=True):
        full.setattr(default_storage, "save", no_room)
        photo = pictures.upload(pictures.jpeg(800, 600))
        answer = client.post(f"/san-hang/them/{cast.household.code}/", typed(photos=[photo]))
    assert answer.status_code == 302
    kept = Product.objects.get().photos.get()
    assert (kept.is_ready, kept.tries, kept.failure) == (False, 1, "")
    assert prepare_photo(photo_id=kept.pk)


def test_nothing_of_a_private_file_is_left_that_found_no_room(cast, now, full_disk):
    before = set(storages["private"].listdir("")[1])
    with pytest.raises(FileNotKept):
        waiting(cast.head, now)
    assert set(storages["private"].listdir("")[1]) == before


@pytest.mark.parametrize(
    ("limit", "said"), [("MAX_UNFINISHED_PHOTOS", "chưa mặt hàng nào"), ("MAX_PHOTOS_PER_HOUR", "giờ")]
)
def test_one_person_sends_so_many_photos_and_no_more(cast, now, monkeypatch, limit, said):
    monkeypatch.setattr(services, limit, 2)
    for _photo in range(2):
        photo_row(cast.head, now - timedelta(minutes=59))
    with pytest.raises(PhotoRefused, match=said):
        waiting(cast.head, now)
    assert waiting(cast.volunteer, now)


def test_photos_of_a_listing_and_those_of_an_hour_ago_are_not_counted(cast, now, monkeypatch):
    monkeypatch.setattr(services, "MAX_UNFINISHED_PHOTOS", 2)
    monkeypatch.setattr(services, "MAX_PHOTOS_PER_HOUR", 2)
    draft(Acting(cast.head, cast.household), now - timedelta(hours=1), photos=3)
    photo_row(cast.head, now - timedelta(hours=1))
    assert waiting(cast.head, now)
    with pytest.raises(PhotoRefused):
        waiting(cast.head, now)
