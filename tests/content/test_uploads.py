"""What an editor uploads: pictures lose what is attached to them, documents are of a closed list and are downloaded."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as WagtailImage

from content.access import EDITORS_GROUP
from core.private_files import NO_ROOM
from tests.catalog import pictures
from tests.filled_forms import forms_on
from tests.sign_in import sign_in

INPUTS = Path(__file__).parents[1] / "catalog" / "photos" / "inputs"


@pytest.fixture
def editor(cast, home) -> Client:
    user = cast.stranger
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=EDITORS_GROUP))
    return sign_in(Client(), user)


def send_picture(editor: Client, name: str, content: bytes):
    return editor.post("/noi-dung/images/add/", {"title": "Đồi chè", "file": SimpleUploadedFile(name, content)})


def send_document(editor: Client, name: str, content: bytes):
    return editor.post("/noi-dung/documents/add/", {"title": "Mẫu", "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", ["jpeg_with_place.jpg", "heic_exif6_no_irot.heic", "exif_minus1_over_0_ori6.jpg"])
def test_a_picture_is_kept_upright_and_says_nothing_of_where_it_was_taken(editor, name):
    assert send_picture(editor, name, (INPUTS / name).read_bytes()).status_code == 302
    kept = WagtailImage.objects.get()
    with kept.file.open("rb") as file, Image.open(io.BytesIO(file.read())) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not {"exif", "xmp", "comment"} & image.info.keys()
        assert (kept.width, kept.height) == image.size
    assert editor.get("/noi-dung/images/").status_code == 200


def test_a_large_picture_is_kept_as_wide_as_a_page_can_show(editor):
    send_picture(editor, "to.jpg", pictures.jpeg(6000, 4000))
    kept = WagtailImage.objects.get()
    assert (kept.width, kept.height) == (2560, 1707)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", pictures.SVG), ("a.jpg", pictures.SVG), ("a.png", pictures.png_bomb()), ("a.jpg", b"")],
)
def test_what_is_no_photo_is_refused_with_a_reason_and_leaves_nothing(editor, name, content):
    answer = send_picture(editor, name, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not WagtailImage.objects.exists()


def test_several_pictures_at_once_go_the_same_way(editor):
    content = (INPUTS / "jpeg_with_place.jpg").read_bytes()
    sent = {"title": "Đồi chè", "files[]": SimpleUploadedFile("nhieu.jpg", content)}
    assert editor.post("/noi-dung/images/multiple/add/", sent).json()["success"] is True
    with WagtailImage.objects.get().file.open("rb") as file, Image.open(io.BytesIO(file.read())) as image:
        assert not image.getexif()


@pytest.mark.parametrize("name", ["trang.html", "trang.htm", "hinh.svg", "trang.xhtml", "ma.js", "trang.xml", "khong"])
def test_a_document_that_a_browser_would_run_is_refused(editor, name):
    answer = send_document(editor, name, b"<script>alert(1)</script>")
    assert answer.status_code == 200
    assert not Document.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("mau.pdf", b"%PDF-1.7 ..."), ("chu.txt", b"<script>alert(1)</script>")])
def test_a_document_is_downloaded_and_never_shown(editor, client, name, content):
    assert send_document(editor, name, content).status_code == 302
    answer = client.get(Document.objects.get().url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_several_documents_at_once_are_of_the_same_list(editor):
    sent = {"title": "Trang", "files[]": SimpleUploadedFile("trang.html", b"<script>alert(1)</script>")}
    assert editor.post("/noi-dung/documents/multiple/add/", sent).json()["success"] is False
    assert not Document.objects.exists()


@pytest.fixture
def full_disk(monkeypatch):
    def no_room(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", no_room)


@pytest.mark.parametrize(
    ("page", "name", "content"),
    [
        ("/noi-dung/images/add/", "a.jpg", pictures.jpeg(800, 600)),
        ("/noi-dung/documents/add/", "a.pdf", b"%PDF-1.7 a form to fill in"),
    ],
)
def test_on_a_full_disk_an_editor_loses_the_file_and_not_the_form(editor, full_disk, page, name, content):
    [form] = [form for form in forms_on(editor.get(page).content.decode(), page) if "title" in form.fields]
    typed = form.as_it_stands() | {"title": "Đồi chè Tân Cương", "file": SimpleUploadedFile(name, content)}
    answer = editor.post(page, typed, HTTP_ORIGIN="http://testserver", follow=True)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert 'value="Đồi chè Tân Cương"' in said
    assert str(NO_ROOM) in said
    assert not WagtailImage.objects.exists()
    assert not Document.objects.exists()


def test_on_a_full_disk_the_page_for_several_pictures_says_so(editor, full_disk):
    picture = SimpleUploadedFile("a.jpg", pictures.jpeg(800, 600))
    answer = editor.post(
        "/noi-dung/images/multiple/add/",
        {"title": "Đồi chè", "files[]": picture},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.json() == {"success": False, "error_message": str(NO_ROOM)}


def test_a_fault_that_is_no_full_disk_is_a_fault(editor, monkeypatch):
    def broken(self, name, content):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", broken)
    with pytest.raises(OSError, match="Input/output"):
        send_picture(editor, "a.jpg", pictures.jpeg(800, 600))
