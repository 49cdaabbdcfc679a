"""Oscar asks for a thumbnail of each picture; the goods of this measurement have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oscar.core.thumbnails import AbstractThumbnailer


@dataclass(frozen=True)
class Thumbnail:
    url: str


class NoThumbnails(AbstractThumbnailer):
    def generate_thumbnail(self, source: Any, **_options: Any) -> Thumbnail:
        return Thumbnail(f"/media/{source}")

    def delete_thumbnails(self, source: Any) -> None:
        pass
