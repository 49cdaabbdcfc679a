"""Building the tree of pages: a page that is missing is added, a page that an editor changed stays as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.models import (
    GuideIndexPage,
    GuidePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProvinceIndexPage,
    ProvincePage,
)
from content.paths import PROVINCES
from content.selectors import current_provinces
from content.services.groups import allow_editing
from content.services.texts import branches, home_text, texts_of
from households.models import Province

INDEXES: dict[str, type[Page]] = {"guides": GuideIndexPage, "news": NewsIndexPage, "provinces": ProvinceIndexPage}
LEAVES: dict[str, type[Page]] = {"guides": GuidePage, "news": NewsPage}

SomePage = TypeVar("SomePage", bound=Page)


@transaction.atomic
def build_site(*, now: datetime) -> int:
    """Add every shipped page that is missing and return how many were added. Running it again adds nothing."""
    before = _grown()
    home = _home(now)
    present = set(home.get_descendants().values_list("url_path", flat=True))
    for branch in branches():
        kind = branch.pop("type")
        index = _below(home, INDEXES[kind], branch, present, now)
        for text in texts_of(branch["slug"]):
            _below(index, LEAVES[kind], text, present, now)
        if branch["slug"] == PROVINCES:
            for province in current_provinces():
                _below(index, ProvincePage, _about(province), present, now)
    allow_editing(home)
    return _grown() - before


def _grown() -> int:
    """Pages of ours; Wagtail's root and its welcome are none."""
    return Page.objects.filter(content_type__app_label=HomePage._meta.app_label).count()


def _home(now: datetime) -> HomePage:
    grown: HomePage | None = HomePage.objects.first()
    if grown:
        return grown
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = _published(root, HomePage(slug="trang-chu", **home_text()), now)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Chợ Nhà Nông"},
    )
    # What Wagtail puts into an empty tree is known by having no type of its own.
    root.get_children().filter(content_type=ContentType.objects.get_for_model(Page)).delete()
    return home


def _below(parent: Page, kind: type[Page], fields: dict[str, Any], present: set[str], now: datetime) -> Page:
    path = f"{parent.url_path}{fields['slug']}/"
    if path in present:
        present_page: Page = Page.objects.get(url_path=path).specific
        return present_page
    return _published(parent, kind(**fields), now)


def _published(parent: Page, page: SomePage, now: datetime) -> SomePage:
    page.first_published_at = page.last_published_at = now
    added: SomePage = parent.add_child(instance=page)
    added.save_revision(changed=False)
    return added


def _about(province: Province) -> dict[str, Any]:
    former = [name for name in province.former_names if name != province.name]
    merged = f" Tỉnh gồm cả {', '.join(former)} trước đây." if former else ""
    merged_en = f" It includes the former {', '.join(former)}." if former else ""
    return {
        "slug": province.slug,
        "title": province.name,
        "summary": f"Hàng của các hộ ở {province.name}, mua thẳng từ người trồng.{merged}",
        "summary_en": f"Produce of the households of {province.name}, straight from the grower.{merged_en}",
        "province": province,
    }
