"""Everything the interface says is said in Vietnamese, with the same blanks to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import django
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import formats, translation

from core.management.commands.compile_translations import ours
from core.msgids import Message, messages_by_room, messages_in, rooms, untranslated

# Words that mean the same in every library that says them, and are better said by us: buttons and headings that stand
# on our pages and on theirs.
BETTER_SAID = {
    *("Add", "Cancel", "In stock", "Order %(number)s", "Order number", "Orders", "Save", "Search", "Show all"),
    *("Please correct the error below.", "Sort by", "Transactions", "Vietnamese", "Your basket is empty."),
    *("active", "products", "version"),
}
SAID = [path for path in ours(settings.ROOT) if path.name == "django.po"]
"""What Python and templates say. What scripts say (djangojs.po) is another dictionary, which gettext does not read."""
BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


@pytest.fixture(scope="module")
def missing() -> dict:
    return untranslated()


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(settings.ROOT)))
def test_room_is_complete_in_vietnamese(room, missing):
    lacking = [message.msgid for message in missing.get(room, [])]
    assert not lacking, "run manage.py make_translations and translate what it adds"


@pytest.mark.parametrize("path", ours(settings.ROOT), ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_translations_keep_the_blanks(path):
    with path.open("rb") as text:
        catalogue = read_po(text, locale="vi", abort_invalid=True)
    for entry in catalogue:
        if entry.id and entry.string:
            ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
            strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            for string in strings:
                assert sorted(BLANK.findall(string)) == sorted(BLANK.findall(ids[-1])), entry.id


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_what_a_room_says_is_what_its_reader_sees(path):
    """Rooms share one dictionary: where two translate the same words differently, one of them is not heard."""
    with path.open("rb") as text, translation.override(path.parts[-3]):
        unheard = {
            entry.id: (entry.string, heard)
            for entry in read_po(text, locale="vi")
            if isinstance(entry.id, str) and entry.id and not entry.context
            if (heard := translation.gettext(entry.id)) != entry.string
        }
    assert unheard == {}, "say it in the same words, or give it a msgid or a context of its own"


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_english_readers_see_our_own_words(path, said_by_us):
    """A msgid of ours is the English text, unless a library translates the same words into an English of its own."""
    with path.open("rb") as text, translation.override("en"):
        changed = {
            entry.id: heard
            for entry in read_po(text)
            if isinstance(entry.id, str) and entry.id in said_by_us and not entry.context
            if (heard := translation.gettext(entry.id)) != entry.id
        }
    assert changed == {}, "put the words into locale/en"


def test_no_words_of_ours_stand_for_another_thing_in_a_library(theirs):
    """Without a context all share one dictionary: our "may" of a mandate would be the month of May in every date."""
    apart = {
        _singular(entry.id): (entry.string, said)
        for path in SAID
        if path.parts[-3] == "vi"
        for entry in read_po(path.read_bytes().splitlines(keepends=True), locale="vi")
        if not entry.context and (said := theirs.get(_singular(entry.id), set()) - {_plain(entry.string)})
    }
    assert apart.keys() - BETTER_SAID == set(), 'give the words a context, such as pgettext("price", "Shipping")'
    assert BETTER_SAID - apart.keys() == set(), "strike out what no library says otherwise"


def test_no_translation_outlives_its_words(theirs, said_by_us):
    """An entry that nothing says any more still speaks: it stands in the dictionary that all share."""
    said = said_by_us | {
        _singular(entry.id) for path in _english_of_libraries() for entry in read_po(path.open("rb")) if entry.id
    }
    dead = {
        words
        for path in SAID
        for entry in read_po(path.read_bytes().splitlines(keepends=True))
        if entry.id and not entry.context and (words := _singular(entry.id)) not in said and words not in theirs
    }
    assert dead == set(), "strike them out of the .po"


def test_the_months_are_months():
    with translation.override("vi"):
        shown = [formats.date_format(date(2026, 5, 4), form) for form in "FNMbE"]
    assert [words.lower() for words in shown] == ["tháng 5", "tháng năm", "tháng 5", "tháng 5", "tháng năm"]


@pytest.fixture(scope="module")
def said_by_us() -> set[str]:
    """Every msgid of our code and templates, singular and plural."""
    return {
        words for used in messages_by_room().values() for message in used for words in (message.msgid, message.plural)
    } - {""}


@pytest.fixture(scope="module")
def theirs() -> dict[str, set[str]]:
    """What the installed libraries say without a context, by msgid."""
    said: dict[str, set[str]] = {}
    for path in _catalogues_of_libraries():
        with path.open("rb") as compiled:
            for entry in read_mo(compiled):
                if entry.id and entry.string and not entry.context:
                    said.setdefault(_singular(entry.id), set()).add(_plain(entry.string))
    return said


def _folders_of_libraries() -> list[Path]:
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    return [folder for folder in folders if folder not in rooms()]


def _english_of_libraries() -> Iterator[Path]:
    """Every sentence that a library says, also those that it has no Vietnamese for."""
    paths = (folder / "locale" / "en" / "LC_MESSAGES" / "django.po" for folder in _folders_of_libraries())
    return (path for path in paths if path.exists())


def _catalogues_of_libraries() -> Iterator[Path]:
    for folder in _folders_of_libraries():
        path = folder / "locale" / "vi" / "LC_MESSAGES" / "django.mo"
        if path.exists():
            yield path


def _singular(words: str | Sequence[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _plain(words: str | Sequence[str]) -> str:
    """Blanks around it and capital letters make no other word."""
    return (words if isinstance(words, str) else words[-1]).strip().casefold()


def test_messages_are_found_in_code_and_templates(tmp_path):
    code = tmp_path / "code.py"
    code.write_text('x = _("One" " line")\ny = ngettext("%(n)s box", "%(n)s boxes", n)\nz = pgettext("tea", "Green")\n')
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "Save" %}{% blocktranslate count n=n %}{{ n }} box{% plural %}{{ n }} boxes'
        '{% endblocktranslate %}{{ _("Name")|upper }}{# {% translate "Not said" %} #}'
    )
    boxes = Message("%(n)s box", "%(n)s boxes")
    assert messages_in(code) == {Message("One line"), boxes, Message("Green", context="tea")}
    assert messages_in(page) == {Message("Save"), boxes, Message("Name")}
