"""Photos arrive in pieces that go on where they broke off, and are known again by their content."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from onboarding.field.models import FieldUpload, UploadPiece
from onboarding.field.services import uploads
from tests.catalog.pictures import jpeg
from tests.onboarding.field.phone import FieldPhone

pytestmark = pytest.mark.django_db
CONTENT = jpeg(800, 600)


def test_what_the_server_can(phone):
    answer = phone.client.options("/to/api/v1/uploads/", headers=phone.headers)
    assert answer.status_code == 204
    assert (answer["Tus-Version"], answer["Tus-Extension"]) == ("1.0.0", "creation")
    assert answer["Tus-Max-Size"] == str(30 * 1024 * 1024)


def test_an_upload_goes_on_where_it_broke_off(phone):
    where = phone.begin(CONTENT)["Location"]
    assert phone.piece(where, 0, CONTENT[:1000])["Upload-Offset"] == "1000"
    asked = phone.client.head(where, headers=phone.tus)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("1000", str(len(CONTENT)))
    assert phone.begin(CONTENT)["Upload-Offset"] == "1000"
    assert phone.piece(where, 1000, CONTENT[1000:]).status_code == 204
    assert FieldUpload.objects.get().content.read() == CONTENT
    assert not UploadPiece.objects.exists()


def test_a_piece_whose_answer_was_lost_is_not_added_twice(phone):
    where = phone.begin(CONTENT)["Location"]
    phone.piece(where, 0, CONTENT[:1000])
    assert phone.piece(where, 0, CONTENT[:1000]).status_code == 409
    assert phone.client.head(where, headers=phone.tus)["Upload-Offset"] == "1000"


def test_what_was_sent_before_is_complete_at_once(phone):
    phone.upload(CONTENT)
    again = phone.begin(CONTENT)
    assert (again.status_code, again["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert FieldUpload.objects.count() == 1


def test_a_photo_that_arrives_changed_is_forgotten_and_sent_again(phone):
    where = phone.begin(CONTENT)["Location"]
    assert phone.piece(where, 0, CONTENT[:-1] + b"x").status_code == 460
    assert phone.client.head(where, headers=phone.tus)["Upload-Offset"] == "0"
    assert phone.piece(where, 0, CONTENT).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "²"}, 400),
        ({"Upload-Length": str(31 * 1024 * 1024)}, 413),
        ({"Upload-Length": "0"}, 413),
        ({"Upload-Metadata": "sha256 !!"}, 400),
        ({"Upload-Metadata": "filename YQ=="}, 400),
        ({"Authorization": "Bearer nothing"}, 401),
        ({"Authorization": ""}, 401),
    ],
)
def test_a_bad_beginning_is_answered_as_tus_asks(phone, headers, status):
    named = "sha256 " + "NWM1" * 21 + "NQ=="
    given = phone.tus | {"Upload-Length": "5", "Upload-Metadata": named} | headers
    answer = phone.client.post("/to/api/v1/uploads/", headers=given)
    assert (answer.status_code, answer["Tus-Resumable"]) == (status, "1.0.0")
    assert not FieldUpload.objects.exists()


def test_a_piece_that_is_too_large_or_of_another_kind_is_refused(phone):
    where = phone.begin(CONTENT)["Location"]
    assert phone.piece(where, 0, CONTENT + b"x").status_code == 413
    assert phone.piece(where, 0, b"x" * (uploads.MAX_PIECE_BYTES + 1)).status_code == 413
    plain = phone.client.patch(where, b"x", content_type="text/plain", headers=phone.tus | {"Upload-Offset": "0"})
    assert plain.status_code == 415


def test_somebody_elses_upload_does_not_exist(phone, cast):
    where = phone.begin(CONTENT)["Location"]
    leader = FieldPhone(cast.leader, phone.now).enrol()
    assert leader.client.head(where, headers=leader.tus).status_code == 404
    assert leader.piece(where, 0, CONTENT).status_code == 404


def test_old_uploads_are_deleted_with_their_files(phone):
    phone.upload(CONTENT)
    name, storage = FieldUpload.objects.get().content.name, FieldUpload.objects.get().content.storage
    assert uploads.forget_old_uploads(now=phone.now + uploads.KEPT_FOR - timedelta(seconds=1)) == 0
    assert uploads.forget_old_uploads(now=phone.now + uploads.KEPT_FOR) == 1
    assert not storage.exists(name)


def test_too_many_half_sent_photos_are_refused(phone, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_OPEN_UPLOADS", 1)
    assert phone.begin(b"one").status_code == 201
    assert phone.begin(b"two").status_code == 429
    assert hashlib.sha256(b"one").hexdigest() == FieldUpload.objects.get().sha256
