"""A temporary folder that takes nothing loses the file, and not the form around it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory

from core.uploads import skipped_uploads

LARGE = b"x" * 3 * 1024 * 1024


@pytest.fixture(params=["no folder", "full from the first byte", "full at the last"])
def full_folder(request, monkeypatch, settings):
    """Each moment at which the folder can refuse; /dev/full refuses as a full disk does."""
    if request.param == "no folder":
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
        return
    buffering = 0 if request.param == "full from the first byte" else 2 * len(LARGE)

    def full(*args: object, **kwargs: object):
        return open("/dev/full", "wb", buffering=buffering)

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", full)


def sent(**files: SimpleUploadedFile):
    return RequestFactory().post("/", {"before": "chè", **files, "after": "cốm"})


def test_the_rest_of_the_form_arrives(full_folder):
    request = sent(photo=SimpleUploadedFile("to.jpg", LARGE))
    assert (request.POST["before"], request.POST["after"]) == ("chè", "cốm")
    assert not request.FILES
    assert skipped_uploads(request) == ["to.jpg"]


@pytest.mark.parametrize("moment", ["new_file", "receive_data_chunk", "file_complete"])
def test_the_files_before_and_after_it_arrive_whole(monkeypatch, moment):
    real = getattr(TemporaryFileUploadHandler, moment)

    def full_for_one(handler, *given: object):
        if moment == "new_file":
            handler.file_name = given[1]
        if handler.file_name == "2.jpg":
            raise OSError(28, "No space left on device")
        return real(handler, *given)

    monkeypatch.setattr(TemporaryFileUploadHandler, moment, full_for_one)
    files = {f"photo{number}": SimpleUploadedFile(f"{number}.jpg", LARGE) for number in (1, 2, 3)}
    request = sent(**files)
    assert {file.name: file.read() == LARGE for file in request.FILES.values()} == {"1.jpg": True, "3.jpg": True}
    assert skipped_uploads(request) == ["2.jpg"]


def test_a_form_without_trouble_skips_nothing():
    request = sent(photo=SimpleUploadedFile("a.jpg", LARGE))
    assert request.FILES["photo"].read() == LARGE
    assert skipped_uploads(request) == []
