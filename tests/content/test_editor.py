"""The editor opens to editors and operators with their second factor, and to nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from content.access import EDITORS_GROUP, is_editor
from content.models import HomePage, NewsIndexPage, NewsPage
from tests.factories.catalog import draft
from tests.sign_in import sign_in


@pytest.fixture
def editor(cast, home):
    user = cast.stranger
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=EDITORS_GROUP))
    return user


def test_an_editor_sees_the_tree_and_edits_a_page(client, editor, home):
    sign_in(client, editor)
    assert client.get("/noi-dung/").status_code == 200
    assert client.get(f"/noi-dung/pages/{home.pk}/edit/").status_code == 200


def test_a_code_by_phone_is_not_enough_for_an_editor(client, editor):
    sign_in(client, editor, second_factor=False)
    assert client.get("/noi-dung/").status_code == 302


@pytest.mark.parametrize("who", ["head", "volunteer", "buyer"])
def test_others_are_refused(cast, home, who):
    assert sign_in(Client(), getattr(cast, who)).get("/noi-dung/").status_code == 403


@pytest.mark.parametrize("who", ["commune_officer", "province_officer"])
def test_staff_who_are_not_editors_are_turned_back(cast, home, who):
    answer = sign_in(Client(), getattr(cast, who)).get("/noi-dung/")
    assert answer.status_code == 302
    assert not is_editor(getattr(cast, who))


def test_only_what_buyers_see_is_offered_to_choose(client, editor, tea, acting, now):
    draft(acting, now, title="Chưa bán")
    page = sign_in(client, editor).get("/noi-dung/listing-chooser/").json()["html"]
    assert "Chè Tân Cương" in page
    assert "Chưa bán" not in page


def test_what_an_editor_publishes_is_on_the_page(client, editor, home):
    home.title = "Chợ phiên tháng Mười"
    home.save_revision(user=editor).publish()
    assert "Chợ phiên tháng Mười" in client.get("/").content.decode()
    assert HomePage.objects.get().live


NAMES = ["Dừa", "Ăn", "Đào", "Anh", "Êm", "Em"]
IN_ORDER = ["Anh", "Ăn", "Dừa", "Đào", "Em", "Êm"]


def shown_in_order(html):
    return sorted(NAMES, key=lambda name: html.index(f" {name} giữ chỗ"))


@pytest.mark.parametrize(("order", "expected"), [("title", IN_ORDER), ("-title", IN_ORDER[::-1])])
def test_the_page_tree_and_documents_sort_titles_as_vietnamese_does(client, editor, home, now, order, expected):
    index = NewsIndexPage.objects.get()
    for name in NAMES:
        news = NewsPage(title=f" {name} giữ chỗ", slug=f"tin-{NAMES.index(name)}", published_date=now.date())
        index.add_child(instance=news)
        get_document_model().objects.create(title=f" {name} giữ chỗ", file=ContentFile(b"%PDF", "giay.pdf"))
    sign_in(client, editor)
    tree = client.get(f"/noi-dung/pages/{index.pk}/", {"ordering": order}).content.decode()
    documents = client.get("/noi-dung/documents/", {"ordering": order}).content.decode()
    assert (shown_in_order(tree), shown_in_order(documents)) == (expected, expected)


def test_what_an_editor_sends_in_waits_for_another_editor_or_an_operator(editor, home, cast):
    """Wagtail's own way of approval asks a group that does not exist here."""
    news = NewsIndexPage.objects.get()
    way = news.get_workflow()
    assert way.name == "Duyệt trang"
    step = way.start(news, editor).current_task_state.task.specific
    may = [user for user in (editor, cast.operator, cast.province_officer) if step.user_can_access_editor(news, user)]
    assert may == [editor, cast.operator]
