"""Compile every django.po and djangojs.po of ours to .mo with Babel: no gettext tools needed on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed

from core.msgids import is_foreign


def ours(root: Path) -> list[Path]:
    """The translation files of the project, not of its libraries: what pages say, and what their scripts say."""
    folders = (path for path in root.iterdir() if path.is_dir() and not is_foreign(path))
    return sorted(found for folder in folders for found in folder.glob("**/*/LC_MESSAGES/django*.po"))


def is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> None:
    """Write the .mo in one step, and let a running process read it anew."""
    target = source.with_suffix(".mo")
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    half = target.with_suffix(".mo.new")
    with half.open("wb") as binary:
        write_mo(binary, catalogue)
    half.replace(target)
    translation_file_changed(sender=None, file_path=target)


class Command(BaseCommand):
    help = "Compile the translations that are newer than their compiled form."

    def handle(self, *args: Any, **options: Any) -> None:
        for source in filter(is_stale, ours(settings.ROOT)):
            compile_one(source)
            self.stdout.write(f"compiled {source.relative_to(settings.ROOT)}")
