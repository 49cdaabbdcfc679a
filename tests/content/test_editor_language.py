"""Every sentence of Wagtail on an editor's daily screens is Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.utils import translation
from django.utils.translation import trans_real

from content.access import EDITORS_GROUP
from content.models import NewsIndexPage
from tests.sign_in import sign_in

SAME = frozenset(("…", "exact"))
"""What is the same in both languages, and the name of a filter's lookup, which no page shows."""


@contextmanager
def unheard() -> Iterator[set[str]]:
    """The msgids that are said while pages are made, and have no Vietnamese."""
    said: set[str] = set()
    honest = {name: getattr(trans_real, name) for name in ("gettext", "ngettext")}

    def note(msgid: str) -> None:
        known = trans_real.translation("vi")._catalog
        is_known = msgid in known or (msgid, 0) in known
        if msgid.strip() and not is_known and translation.get_language() == "vi":
            said.add(msgid)

    def gettext(message: str) -> str:
        note(message.replace("\r\n", "\n").replace("\r", "\n"))
        return honest["gettext"](message)

    def ngettext(one: str, many: str, number: int) -> str:
        note(one)
        return honest["ngettext"](one, many, number)

    # Django keeps what it called first on ``_trans``.
    with mock.patch.multiple(translation._trans, gettext=gettext, ngettext=ngettext):
        yield said


@pytest.fixture
def editor(client, cast, home):
    user = cast.stranger
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=EDITORS_GROUP))
    return sign_in(client, user)


def test_wagtail_speaks_vietnamese_on_the_daily_screens(editor, home):
    news = NewsIndexPage.objects.first()
    screens = [
        "/noi-dung/",
        f"/noi-dung/pages/{home.pk}/",
        f"/noi-dung/pages/{home.pk}/edit/",
        f"/noi-dung/pages/{home.pk}/history/",
        f"/noi-dung/pages/{home.pk}/add_subpage/",
        f"/noi-dung/pages/{home.pk}/delete/",
        f"/noi-dung/pages/add/content/newspage/{news.pk}/" if news else "/noi-dung/",
        "/noi-dung/images/",
        "/noi-dung/images/add/",
        "/noi-dung/documents/",
        "/noi-dung/documents/multiple/add/",
        "/noi-dung/reports/workflow_tasks/",
    ]
    with unheard() as said:
        answers = {screen: editor.get(screen).status_code for screen in screens}
    assert set(answers.values()) <= {200, 302}, answers
    assert said - SAME == set(), "write it into content/locale/vi"
