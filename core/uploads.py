"""Receiving files: a disk that takes nothing loses the file, and not the form around it."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from core.private_files import NO_ROOM

log = logging.getLogger(__name__)


class SkippingUploadHandler(TemporaryFileUploadHandler):
    """Django's handler of large files, which leaves out a file for which the temporary folder has no room.

    Django alone would answer the whole form with an error. The next page names the file; a form that is to wait for it
    asks ``skipped_uploads``.
    """

    file: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("file", None)  # the file before this one is complete, and skipping this one must not close it
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)
            raise SkipFile from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> Any:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._leave_out(error)
            return None

    def _leave_out(self, error: OSError) -> None:
        log.error("The temporary folder has no room for an upload", exc_info=error)
        if file := self.__dict__.pop("file", None):
            try:
                file.close()
            except OSError:  # what was not written yet finds no room either
                log.warning("Half an upload could not be closed", exc_info=True)
        if self.request is not None:
            self.request.__dict__.setdefault("skipped_uploads", []).append(self.file_name)
            messages.error(self.request, f"{self.file_name}: {NO_ROOM}", fail_silently=True)


def skipped_uploads(request: HttpRequest) -> list[str]:
    """The names of the files that were sent with the form and found no room."""
    _read = request.POST
    return list(request.__dict__.get("skipped_uploads", []))
