"""What a page says of results that are only near, and of what it understood, in both languages."""

from __future__ import annotations

import pytest

from catalog.models import Category
from search.asking.need_rules import save_need
from search.asking.synonym_rules import save_rule
from search.index import passes
from search.models import NeedRule, SynonymRule
from tests.factories.catalog import listing

PAGE = "/tim/"


@pytest.fixture
def market(acting, now):
    kind = Category.add_root(code="nuoc-ep", slug="nuoc-ep", name="Nước ép", name_en="Juices")
    listing(acting, now, title="Mực lá Cô Tô")
    listing(acting, now, title="Siro mơ", category_id=kind.pk, harvest_months=(4, 5))
    passes.rebuild(engine="tantivy", now=now)
    save_rule(rule=SynonymRule(said="mực ống", means="mực lá", closeness="near"), actor=None, now=now)
    save_need(rule=NeedRule(said="đồ uống", category=kind, months=[4]), actor=None, now=now)
    return kind


@pytest.mark.parametrize(
    ("language", "said", "badge"),
    [
        ("vi", "Hiện chưa có ai bán đúng “mực ống”", "gần với “mực ống”"),
        ("en", "Nobody offers exactly “mực ống” at the moment", "near to “mực ống”"),
    ],
)
def test_what_is_only_near_is_said_to_be_near(client, market, settings, language, said, badge):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(PAGE, {"q": "mực ống"})
    assert [card.near_to for card in page.context["results"].cards] == ["mực ống"]
    body = page.content.decode()
    assert said in body
    assert f'<li class="badge badge--near">{badge}</li>' in body


def test_the_thing_itself_is_not_called_near(client, market):
    body = client.get(PAGE, {"q": "mực lá"}).content.decode()
    assert "Mực lá Cô Tô" in body
    assert "badge--near" not in body


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "“đồ uống” được hiểu là: Nước ép (Tháng 4)."),
        ("en", "“đồ uống” is understood as: Juices (April)."),
    ],
)
def test_what_a_need_was_taken_for_is_said(client, market, settings, language, said):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(PAGE, {"q": "đồ uống"})
    assert [card.title for card in page.context["results"].cards] == ["Siro mơ"]
    assert said in page.content.decode()
    assert "badge--near" not in page.content.decode()
