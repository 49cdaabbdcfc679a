"""Which words were asked for in Vietnamese while a test ran, and had none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import translation
from django.utils.translation import trans_real

CONTEXT = "\x04"
"""What gettext writes between a context and its words."""


@contextmanager
def unheard() -> Iterator[set[str]]:
    """The msgids, a context before them in brackets: "[price] Shipping"."""
    said: set[str] = set()
    #: where gettext, ngettext and both with a context meet, called by Python and by templates
    honest = {name: getattr(trans_real.DjangoTranslation, name) for name in ("gettext", "ngettext")}

    def note(self: trans_real.DjangoTranslation, msgid: str) -> None:
        is_known = msgid in self._catalog or (msgid, 0) in self._catalog
        if msgid.strip() and not is_known and translation.get_language() == "vi":
            context, _, words = msgid.rpartition(CONTEXT)
            said.add(f"[{context}] {words}" if context else words)

    def gettext(self: trans_real.DjangoTranslation, message: str) -> str:
        note(self, message)
        return honest["gettext"](self, message)

    def ngettext(self: trans_real.DjangoTranslation, one: str, many: str, number: int) -> str:
        note(self, one)
        return honest["ngettext"](self, one, many, number)

    with mock.patch.multiple(trans_real.DjangoTranslation, gettext=gettext, ngettext=ngettext):
        yield said
