"""Everything the interface says is said in Vietnamese, with the same blanks to fill in."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from core.management.commands.compile_translations import ours
from core.msgids import Message, messages_in, rooms, untranslated

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


@pytest.mark.parametrize("path", ours(settings.ROOT), ids=lambda path: str(path.relative_to(settings.ROOT)))
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


@pytest.mark.parametrize("path", ours(settings.ROOT), ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_english_readers_see_our_own_words(path):
    """A msgid is the English text, unless a library translates the same words into an English of its own."""
    with path.open("rb") as text, translation.override("en"):
        changed = {
            entry.id: heard
            for entry in read_po(text)
            if isinstance(entry.id, str) and entry.id and not entry.context
            if (heard := translation.gettext(entry.id)) != entry.id
        }
    assert changed == {}, "put the words into locale/en"


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
