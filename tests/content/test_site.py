"""The site as shipped is grown once, mended when something is missing, and never overwrites an editor."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Site

from content.access import EDITORS_GROUP
from content.models import GuidePage, HomePage, NewsPage, ProvincePage
from content.services import build_site


def test_the_tree_has_home_guides_news_and_a_page_for_each_province(home, cast):
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert GuidePage.objects.live().count() == 7
    assert NewsPage.objects.live().count() == 2
    assert {page.province_id for page in ProvincePage.objects.all()} == {cast.province.pk, cast.other_province.pk}


def test_growing_it_again_adds_nothing(home, now):
    assert build_site(now=now) == 0


def test_what_an_editor_changed_stays_and_what_is_missing_comes_back(home, now):
    changed = GuidePage.objects.get(slug="uy-quyen")
    changed.title = "Đổi tên"
    changed.save_revision().publish()
    GuidePage.objects.get(slug="mua-hang").delete()
    assert build_site(now=now) == 1
    assert GuidePage.objects.get(slug="uy-quyen").title == "Đổi tên"
    assert GuidePage.objects.filter(slug="mua-hang").exists()


def test_the_pages_wagtail_ships_are_replaced(db, cast, now):
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    root.get_children().delete()
    welcome = root.add_child(title="Welcome to your new Wagtail site!", slug="home")
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": welcome, "hostname": "localhost"})
    build_site(now=now)
    assert not Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page == HomePage.objects.get().page_ptr


@pytest.mark.parametrize("group", [EDITORS_GROUP, "operators"])
def test_editors_and_operators_may_publish(home, group):
    permissions = GroupPagePermission.objects.filter(group=Group.objects.get(name=group))
    assert {row.permission.codename for row in permissions} == {"add_page", "change_page", "publish_page"}


def test_the_command_says_how_many_pages_it_added(cast, capsys):
    call_command("load_content")
    assert capsys.readouterr().out == "15 pages added\n"
