"""Add to each app's Vietnamese .po what its code and templates say and nobody has translated yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.msgids import PO, Message, catalogue_of, untranslated

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: vi\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def add(room: Path, missing: list[Message]) -> int:
    """Append empty entries to the room's file; what stands there, comments included, stays as it is."""
    path = room / "locale" / PO
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else HEADER
    known = catalogue_of(room)
    new = [message for message in missing if known.get(message.key, message.context) is None]
    path.write_text(text.rstrip("\n") + "\n" + "".join(map(entry, new)), encoding="utf-8")
    return len(new)


def entry(message: Message) -> str:
    lines = [f"msgid {quoted(message.msgid)}"]
    if message.context is not None:
        lines.insert(0, f"msgctxt {quoted(message.context)}")
    if message.plural:
        lines.append(f"msgid_plural {quoted(message.plural)}")
    lines.append('msgstr[0] ""' if message.plural else 'msgstr ""')
    return "\n" + "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


class Command(BaseCommand):
    help = "Add messages without a Vietnamese translation to each app's .po file, to be translated by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", nargs="*", help="only these folders, such as households shop/order")

    def handle(self, *args: Any, folders: list[str], **options: Any) -> None:
        for room, missing in sorted(untranslated().items()):
            name = room.relative_to(settings.ROOT)
            if not folders or str(name) in {folder.rstrip("/") for folder in folders}:
                added = add(room, missing)
                self.stdout.write(f"{name / 'locale' / PO}: {len(missing)} to translate, {added} of them new")
