"""Every sentence of Wagtail that an editor can meet is Vietnamese; one that an update of Wagtail adds fails here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import wagtail
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Collection, Comment, CommentReply, PageViewRestriction

from accounts.models import User
from content.models import NewsIndexPage, NewsPage
from tests.content.real_things import address, picture, real_things
from tests.content.routes_of_others import EDITORS, names_of
from tests.crowd import gather
from tests.doors import routes
from tests.filled_forms import forms_on
from tests.unheard import CONTEXT, unheard

WAGTAIL = Path(wagtail.__file__).parent
CATALOGUES = ("admin", ".", "documents", "images", "contrib/forms", "snippets", "users")
"""The parts of Wagtail that the editor's menu leads to."""

NOBODYS = re.compile(
    # names of apps, which no page shows
    r"(api/v[23]/|contrib/\w+/)?apps\.py"
    # tokens, sites: nobody edits them here
    r"|models/(api|sites)\.py"
    # workflows and collections are made by content/services/groups.py
    r"|views/(workflows|collections)\.py|forms/collections\.py"
    r"|templates/wagtailadmin/(workflows/(?!task_chooser|workflow_status)|collections/|collection_privacy/|permissions/)"
    r"|templates/wagtail(docs|images)/permissions/"
    # WAGTAIL_ENABLE_UPDATE_CHECK and the notice of a new version are off; sign-in is ours
    r"|templates/wagtailadmin/(home/(upgrade_notification|whats_new_in_wagtail_version)|login)\.html"
    # no page of ours is a form
    r"|(models|forms|panels)\.py in contrib/forms"
    # people and groups are edited at /van-hanh/
    r"|(?!models\.py|utils\.py).* in users"
)
"""Where Wagtail says what no editor reaches: the routes that tests/content/routes_of_others.py gives to nobody."""

APART = {"wagtailadmin_error_test", "wagtailadmin_logout"}
"""One raises an exception, to try how failures are reported; the other takes the session's cookie."""

SAME = {"…", "exact", "Tiếng Việt", "Tiếng Anh", 'Method "{method}" not allowed.'}
"""The same in both languages; what no page shows: the name of a filter's lookup, an answer to programs."""


def sentences(part: str, domain: str = "django") -> Iterator[tuple[Message, list[str]]]:
    """Each with the files that say it, below ``part``."""
    with (WAGTAIL / part / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po").open("rb") as text:
        for entry in read_po(text):
            if entry.id:
                yield entry, [f"{path} in {part}" for path, _line in entry.locations]


def singular(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


@pytest.mark.parametrize("part", CATALOGUES)
def test_what_the_editor_may_reach_is_vietnamese(part):
    known = trans_real.translation("vi")._catalog
    lacking = set()
    for entry, files in sentences(part):
        key = f"{entry.context}{CONTEXT}{singular(entry)}" if entry.context else singular(entry)
        if key not in known and (key, 0) not in known and not all(map(NOBODYS.match, files)):
            lacking.add((singular(entry), files[0]))
    assert lacking == set(), "write it into content/locale/vi"


def test_what_the_editors_scripts_say_is_vietnamese(client, cast, home):
    editor = gather(cast).clients("editor")["editor"]
    served = editor.get("/noi-dung/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\n  \});", served, re.S)[1])
    asked = {singular(entry) for entry, _files in sentences("admin", "djangojs")}
    assert asked - set(catalogue) == set(), "write it into locale/vi/LC_MESSAGES/djangojs.po"
    assert not [words for words in catalogue.values() if not all(words)]
    with (settings.ROOT / "locale/vi/LC_MESSAGES/djangojs.po").open("rb") as text:
        assert {singular(entry) for entry in read_po(text) if entry.id} - asked == set(), (
            "strike out what no script says"
        )


TELL_NOTHING = names_of(
    {
        # they lead on to another page, or have none of their own: aliases, forms and addresses of pictures are not here
        "": "wagtailadmin_explore_root",
        "wagtailadmin_pages": "add_subpage choose_parent convert_alias revisions_index",
        "wagtailforms": "list_submissions list_submissions_results",
        "wagtailimages": "url_generator url_generator_output",
        # programs and scripts ask them
        "wagtailadmin_api:documents": "find",
        "wagtailadmin_api:images": "find",
        "wagtailadmin_api:pages": "action detail find",
        "wagtailadmin_editing_sessions": "ping release",
        "listing_chooser": "chosen",
    }
) | {"wagtailadmin_block_preview", "wagtailadmin_tag_model_autocomplete"}
"""Routes of the editor that show no page here."""
TRIED_BELOW = names_of(
    {
        "": "wagtail_bulk_action",
        "wagtailadmin_pages": "revisions_compare",
        "wagtaildocs": "create_multiple_from_uploaded_document delete_multiple delete_upload_multiple edit_multiple",
        "wagtailimages": "create_multiple_from_uploaded_image delete_multiple delete_upload_multiple edit_multiple",
    }
)
SIGN_OUT = "/noi-dung/logout/"
NO_BLOCKS = {"body-count": "0", "body_en-count": "0"}
"""What the editor's script writes into the form of a page whose parts are empty."""
IN_BULK = [
    *(("wagtailcore", "page", act) for act in ("delete", "move", "publish", "unpublish")),
    *(
        (f"wagtail{app}", model, act)
        for app, model in (("images", "image"), ("docs", "document"))
        for act in ("delete", "add_tags", "add_to_collection")
    ),
]


@dataclass
class Editor:
    """Opens an address, then presses each button of each form there; what was written is taken back after each."""

    client: Client
    shown: set[str] = field(default_factory=set)

    def open(self, where: str) -> None:
        answer = self.client.get(where)
        if answer.status_code != HTTPStatus.OK:
            return
        self.shown.add(where)
        for form in forms_on(self.html_of(answer), where):
            if form.method == "post" and form.action.startswith("/noi-dung/") and form.action != SIGN_OUT:
                for button in {name for name, _value in form.buttons} | {""}:
                    self.press(form.action, form.as_it_stands() | NO_BLOCKS | ({button: "1"} if button else {}))
                self.press(form.action, form.filled() | NO_BLOCKS)

    @staticmethod
    def html_of(answer: HttpResponse) -> str:
        """A page, or the dialog that a script puts on one."""
        if answer["Content-Type"].startswith("application/json"):
            told = answer.json()
            return str(told.get("html") or "") if isinstance(told, dict) else ""
        return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""

    def press(self, where: str, sent: dict[str, Any]) -> None:
        with transaction.atomic():
            answer = self.client.post(where, sent, follow=True)
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
            transaction.set_rollback(True)


@pytest.fixture
def editor(cast, home) -> Editor:
    return Editor(gather(cast).clients("editor")["editor"])


@pytest.fixture
def things(cast, now) -> dict[str, Any]:
    """A piece of news with two versions, sent in for approval."""
    things = real_things(cast, now)
    index = NewsIndexPage.objects.get()
    news = index.add_child(instance=NewsPage(title="Được mùa", slug="duoc-mua", published_date=now.date()))
    first = news.save_revision()
    news.title = "Được mùa chè"
    news.save_revision(user=cast.operator)
    state = news.get_workflow().start(news, cast.operator)
    return things | {
        "page_id": news.pk,
        "page_to_move_id": news.pk,
        "parent_page_id": index.pk,
        "destination_id": index.pk,
        "revision_id": first.pk,
        "content_type_app_name": "content",
        "content_type_model_name": "newspage",
        "action_name": "approve",
        "task_state_id": state.current_task_state.pk,
        "task_id": state.current_task_state.task.pk,
        "workflow_state_id": state.pk,
    }


def test_every_screen_of_the_editor_is_vietnamese(editor, things):
    """Each route and each form on its page, on things that exist."""
    closed = set()
    with unheard() as said:
        for name, pattern in routes():
            if name in names_of(EDITORS) - APART and (where := address(name, pattern, things)):
                editor.open(where)
                closed |= {name} - {name for _ in editor.shown & {where}}
        for app, model, act in IN_BULK:
            where = f"/noi-dung/bulk/{app}/{model}/{act}/?id={things[f'{model}_id']}"
            editor.open(where)
            closed |= {where} - editor.shown
    assert closed == TELL_NOTHING | TRIED_BELOW
    assert said - SAME == set(), "write it into content/locale/vi"


def sent_back(news: NewsPage, who: User, now: datetime) -> None:
    news.current_workflow_task_state.specific.reject(user=who)


def approved(news: NewsPage, who: User, now: datetime) -> None:
    news.current_workflow_task_state.specific.approve(user=who)


def scheduled(news: NewsPage, who: User, now: datetime) -> None:
    news.current_workflow_state.cancel(user=who)
    news.go_live_at, news.expire_at = now + timedelta(days=1), now + timedelta(days=2)
    news.save_revision(user=who).publish(user=who)


def private(news: NewsPage, who: User, now: datetime) -> None:
    PageViewRestriction.objects.create(page=news.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def talked_about(news: NewsPage, who: User, now: datetime) -> None:
    talk = Comment.objects.create(page=news, user=who, text="Ảnh mờ", contentpath="body")
    CommentReply.objects.create(comment=talk, user=who, text="Đã thay")


@pytest.mark.parametrize("happens", [sent_back, approved, scheduled, private, talked_about])
def test_a_page_is_vietnamese_in_every_state(editor, things, cast, now, happens):
    news = NewsPage.objects.get(pk=things["page_id"])
    with unheard() as said, translation.override("vi"):
        happens(news, cast.operator, now)
        for screen in ("edit", "history", "workflow_history", "unpublish", "delete", "usage", "copy", "privacy"):
            editor.open(f"/noi-dung/pages/{news.pk}/{screen}/")
        editor.open(f"/noi-dung/pages/{news.pk}/revisions/compare/earliest...latest/")
        editor.open(f"/noi-dung/pages/{things['parent_page_id']}/")
        editor.open("/noi-dung/")
        editor.open("/noi-dung/reports/site-history/")
    assert said - SAME == set(), "write it into content/locale/vi"


@pytest.mark.parametrize(
    ("kind", "upload"), [("images", picture), ("documents", lambda: ContentFile(b"%PDF", "a.pdf"))]
)
def test_what_many_uploads_at_once_say_is_vietnamese(editor, home, kind, upload):
    with unheard() as said:
        for file in (upload(), ContentFile(b"MZ", "a.exe"), upload()):
            sent = {"title": "Một tệp", "files[]": file, "collection": Collection.get_first_root_node().pk}
            answer = editor.client.post(
                f"/noi-dung/{kind}/multiple/add/", sent, headers={"x-requested-with": "XMLHttpRequest"}
            )
            assert answer.status_code == HTTPStatus.OK
    assert said - SAME == set(), "write it into content/locale/vi"
