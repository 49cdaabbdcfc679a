"""Compile every django.po of ours to .mo with Babel: no gettext tools needed on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def ours(root: Path) -> list[Path]:
    """The translation files of the project, not of its libraries."""
    found = root.glob("**/locale/*/LC_MESSAGES/django.po")
    return sorted(path for path in found if ".venv" not in path.parts)


class Command(BaseCommand):
    help = "Compile the translations that are newer than their compiled form."

    def handle(self, *args: Any, **options: Any) -> None:
        for source in ours(settings.ROOT):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parts[-3])
            with target.open("wb") as binary:
                write_mo(binary, catalogue)
            self.stdout.write(f"compiled {source.relative_to(settings.ROOT)}")
