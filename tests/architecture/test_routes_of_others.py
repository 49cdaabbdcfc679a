"""The routes of Wagtail's editor and of Django's admin are declared too, and tried by GET and POST."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, path, reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Site, Task, Workflow

from content.models import HomePage
from content.services import build_site
from messaging.models import OutgoingMessage
from messaging.services import send_message
from search.models import NeedRule, SynonymRule
from tests.content.routes_of_others import ANY_STAFF, EDITORS, NOBODY, OPERATORS, names_of
from tests.crowd import gather
from tests.doors import is_refusal, routes

TREES = ("/quan-tri/", "/noi-dung/")
GROUPS = {"editors": EDITORS, "operators": OPERATORS, "nobody": NOBODY, "any staff": ANY_STAFF}
#: who of staff with a second factor must be refused there
REFUSED = {
    "editors": ("province_officer",),
    "operators": ("province_officer", "editor"),
    "nobody": ("province_officer", "editor", "operator"),
}


def routes_of_others() -> list[tuple[str, str]]:
    return [(name, pattern) for name, pattern in routes() if pattern.startswith(TREES)]


def undeclared(found: list[tuple[str, str]]) -> set[str]:
    return {name for name, _pattern in found} - set().union(*map(names_of, GROUPS.values()))


def test_every_route_of_others_is_declared():
    assert not undeclared(routes_of_others()), "say in tests/content/routes_of_others.py who may open them"


def test_each_is_declared_once_and_exists():
    declared = [name for group in GROUPS.values() for name in names_of(group)]
    assert len(declared) == len(set(declared))
    assert not set(declared) - {name for name, _pattern in routes_of_others()}


def test_a_new_view_of_the_editor_is_noticed():
    from wagtail.admin import urls

    def show(request: Any) -> HttpResponse:
        return HttpResponse("everybody's figures")

    before = undeclared(routes_of_others())
    added: list[URLPattern] = [path("figures/", show, name="figures_of_everybody")]
    urls.urlpatterns[:0] = added
    try:
        assert undeclared(routes_of_others()) - before == {"figures_of_everybody"}
    finally:
        del urls.urlpatterns[: len(added)]


def picture() -> ContentFile[bytes]:
    written = io.BytesIO()
    Image.new("RGB", (10, 10)).save(written, "JPEG")
    return ContentFile(written.getvalue(), "anh.jpg")


@pytest.fixture
def things(cast, now) -> dict[str, Any]:
    """Something real for each part of an address, so that nobody is refused only because nothing is there."""
    build_site(now=now)
    home = HomePage.objects.get()
    image = get_image_model().objects.create(title="Ảnh", file=picture(), width=10, height=10)
    document = get_document_model().objects.create(title="Giấy", file=ContentFile(b"%PDF", "giay.pdf"))
    root = Collection.get_first_root_node()
    send_message(phone="+84912000001", text="Chào", key="a", now=now)
    synonym = SynonymRule.objects.create(said="chè", means="trà", updated_at=now)
    need = NeedRule.objects.create(said="uống nước", updated_at=now)
    return {
        "page_id": home.pk,
        "parent_page_id": home.pk,
        "page_to_move_id": home.pk,
        "destination_id": home.pk,
        "revision_id": home.save_revision().pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "filter_spec": "original",
        "app_label": "wagtaildocs",
        "model_name": "document",
        "action": "delete",
        "content_type_app_name": "content",
        "content_type_model_name": "homepage",
        "action_name": "publish",
        "pk in wagtailadmin_collections": root.add_child(name="Ảnh của tổ").pk,
        "pk in wagtailadmin_workflows": Workflow.objects.create(name="Duyệt").pk,
        "task pk": Task.objects.create(name="Xem").pk,
        "redirect_id": Redirect.objects.create(old_path="/cu", redirect_link="/").pk,
        "pk in wagtailsites": Site.objects.get().pk,
        "pk in wagtailusers_users": cast.stranger.pk,
        "pk in wagtailusers_groups": Group.objects.create(name="Nhóm").pk,
        "object_id of outgoingmessage": OutgoingMessage.objects.get(key="a").pk,
        "object_id of synonymrule": synonym.pk,
        "object_id of needrule": need.pk,
    }


def address(name: str, pattern: str, things: dict[str, Any]) -> str | None:
    parts = dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
    space = name.rpartition(":")[0]
    kwargs = {}
    for part in parts:
        choices = [f"{part} in {space}", part]
        if "task" in name and part == "pk":
            choices = ["task pk"]
        if part == "object_id":
            choices = [f"object_id of {name.split('_')[1]}"] if "_" in name else []
        kwargs[part] = next((things[choice] for choice in choices if choice in things), 1)
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:  # of those that have no name, or lead to a name of another pattern
        return None


def is_turned_away(answer: HttpResponse) -> bool:
    """Wagtail and Django's admin send whom they refuse to their first page, with a word about it."""
    home = answer.status_code == 302 and answer["Location"].split("?")[0] in (*TREES, "/noi-dung/login/")
    return home or is_refusal(answer) or answer.status_code == 405


@pytest.mark.parametrize("group", REFUSED)
def test_staff_without_the_permission_get_nothing(cast, things, group):
    people = gather(cast).clients(*REFUSED[group])
    let_in, tried = [], 0
    for name, pattern in routes_of_others():
        where = name in names_of(GROUPS[group]) and address(name, pattern, things)
        for who, client in people.items() if where else ():
            tried += 1
            for method in ("get", "post"):
                with transaction.atomic():
                    if not is_turned_away(getattr(client, method)(where)):
                        let_in.append((name, who, method))
                    transaction.set_rollback(True)
    assert tried
    assert not let_in


def test_those_with_the_permission_get_in(cast, things):
    clients = gather(cast).clients("editor", "operator")
    for who, name in (
        ("editor", "wagtailadmin_home"),
        ("editor", "wagtailimages:index"),
        ("operator", "wagtaildocs:index"),
        ("operator", "admin:messaging_outgoingmessage_changelist"),
        ("operator", "admin:search_synonymrule_changelist"),
    ):
        assert clients[who].get(reverse(name)).status_code == 200
    edited = address("wagtailadmin_pages:edit", "<int:page_id>", things)
    assert clients["editor"].get(edited).status_code == 200


def test_visitors_and_people_without_staff_pages_are_stopped_before_all_of_them(cast):
    """By one middleware, whatever the view is: test_routes_are_guarded.py tries every pattern by GET, here by POST."""
    clients = {"anonymous": Client(), **gather(cast).clients("head", "volunteer", "buyer")}
    for tree in TREES:
        answers = {who: client.post(f"{tree}anything/").status_code for who, client in clients.items()}
        assert answers == {"anonymous": 302, "head": 403, "volunteer": 403, "buyer": 403}
