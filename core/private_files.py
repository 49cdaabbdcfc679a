"""Files that no address leads to: signed papers, photos as phones send them."""

from __future__ import annotations

import errno
import logging
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, NoReturn

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

log = logging.getLogger(__name__)

NO_ROOM = _("We have no room for this file at the moment. Send it again in a few minutes, or call us.")

NO_ROOM_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class FileNotKept(DomainError):
    """The disk is full or its folder cannot be written; nothing of the file is left."""

    code = "file_not_kept"


def found_no_room(error: Exception) -> bool:
    """Whether a file was not kept because the disk is full, over its quota, or takes nothing."""
    return isinstance(error, FileNotKept) or (isinstance(error, OSError) and error.errno in NO_ROOM_ERRORS)


class WholeFileSystemStorage(FileSystemStorage):
    """Keeps a file whole or not at all. Raises OSError where the disk takes no file."""

    def _save(self, name: str, content: IO[bytes]) -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]  # Django documents it, its stubs do not have it
            return kept
        except OSError:
            self._remove_half(name)
            raise

    def _remove_half(self, name: str) -> None:
        try:
            self.delete(name)
        except OSError:  # a folder that takes nothing may let nothing go either
            log.exception("Half a file could not be removed")


class PrivateFileSystemStorage(WholeFileSystemStorage):
    """Gives no file an address, and answers with FileNotKept where the disk takes no file.

    Django's own would fall back to MEDIA_URL and give an address to what is not there.
    """

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("This file is not accessible via a URL.")

    def _save(self, name: str, content: IO[bytes]) -> str:
        try:
            return super()._save(name, content)
        except OSError as error:
            log.exception("A private file could not be written")
            raise FileNotKept(NO_ROOM) from error


def private_response(file: FieldFile, *, content_type: str = "") -> FileResponse:
    """The file for one reader, whom the caller has let in: no cache keeps it.

    With a ``content_type`` the browser shows it; without one it is only saved, because nobody knows what is in it.
    """
    response = FileResponse(
        file.open("rb"),
        content_type=content_type or "application/octet-stream",
        as_attachment=not content_type,
        filename=PurePath(file.name or "").name,
    )
    response["Cache-Control"] = "private, no-store"
    return response


def private_files() -> Storage:
    """For file fields: a view reads them to those who may see them."""
    return storages["private"]
