"""Files that no address leads to: signed papers, photos as phones send them."""

from __future__ import annotations

from typing import NoReturn

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFileSystemStorage(FileSystemStorage):
    """Django's own would fall back to MEDIA_URL and give an address to what is not there."""

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("This file is not accessible via a URL.")


def private_files() -> Storage:
    """For file fields: a view reads them to those who may see them."""
    return storages["private"]
