"""Which words of the interface are used where, read from the code and the templates without gettext's tools.

A room is a folder with its own ``locale``: an app, or the parent of one of LOCALE_PATHS. A file belongs to the deepest
room around it; what stands outside all apps belongs to the project's own ``locale``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SKIPPED = {"var", "tests", "migrations", "bench", "deploy", "docs", "static"}
PO = Path("vi", "LC_MESSAGES", "django.po")


@dataclass(frozen=True)
class Message:
    """``plural`` is empty when there is one form only."""

    msgid: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> str | tuple[str, str]:
        """How Babel's catalogues know it."""
        return (self.msgid, self.plural) if self.plural else self.msgid


def rooms() -> list[Path]:
    """Every folder of ours that keeps translations, deepest first."""
    ours = {Path(config.path) for config in apps.get_app_configs()} | {Path(p).parent for p in settings.LOCALE_PATHS}
    inside = {path for path in ours if path.is_relative_to(settings.ROOT) and not any(map(is_foreign, _folders(path)))}
    return sorted(inside, key=lambda path: (-len(path.parts), path))


def _folders(path: Path) -> list[Path]:
    """The folders between the project and ``path``, with it."""
    return [path, *path.parents][: len(path.relative_to(settings.ROOT).parts)]


def is_foreign(folder: Path) -> bool:
    """A folder of the checkout that holds no words of the interface, such as the libraries."""
    return folder.name in SKIPPED or folder.name.startswith(".")


def sources() -> Iterator[Path]:
    """Our Python files and templates."""
    for folder in settings.ROOT.iterdir():
        if folder.is_dir() and not is_foreign(folder):
            for path in (*folder.glob("**/*.py"), *folder.glob("**/templates/**/*.*")):
                if path.suffix in (".py", ".html", ".txt") and not SKIPPED & set(path.relative_to(folder).parts):
                    yield path


def messages_in(path: Path) -> set[Message]:
    """The messages of one file. Raises SyntaxError on a template that cannot be read."""
    text = path.read_text(encoding="utf-8")
    code = text if path.suffix == ".py" else templatize(text, origin=str(path))
    found = extract("python", BytesIO(code.encode()), KEYWORDS)
    return {_message(message, context) for _line, message, _comments, context in found}


def _message(message: str | tuple[str, ...], context: str | None) -> Message:
    if isinstance(message, str):
        return Message(message, context=context)
    return Message(message[0], message[1], context)


def messages_by_room() -> dict[Path, set[Message]]:
    places = rooms()
    used: dict[Path, set[Message]] = {room: set() for room in places}
    for path in sources():
        room = next(place for place in places if path.is_relative_to(place))
        used[room] |= messages_in(path)
    return used


def catalogue_of(room: Path) -> Catalog:
    """The Vietnamese of a room, empty if there is none yet."""
    path = room / "locale" / PO
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as text:
        return read_po(text, locale="vi")


def is_translated(message: Message, catalogue: Catalog) -> bool:
    entry = catalogue.get(message.key, message.context)
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)


def untranslated() -> dict[Path, list[Message]]:
    """What each room uses and neither it nor the shared words of the project say in Vietnamese."""
    shared = [catalogue_of(Path(path).parent) for path in settings.LOCALE_PATHS]
    missing = {}
    for room, used in messages_by_room().items():
        known = [catalogue_of(room), *shared]
        lacking = [m for m in used if m.msgid and not any(is_translated(m, catalogue) for catalogue in known)]
        missing[room] = sorted(lacking, key=lambda m: (m.msgid, m.context or ""))
    return {room: lacking for room, lacking in missing.items() if lacking}
