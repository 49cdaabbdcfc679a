"""Needs: shipped, changed by operators, in force with the next search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from catalog.categories import load_categories
from catalog.models import Category
from core.models import AuditEntry
from search.asking import current_lexicon
from search.asking.need_rules import (
    NeedIsThere,
    UselessNeed,
    delete_need,
    load_shipped_needs,
    needs_in_force,
    save_need,
    shipped_needs,
)
from search.models import NeedRule
from tests.sign_in import sign_in

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LIST = "/quan-tri/search/needrule/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    load_categories()
    return Category.objects.get(code="ruou-do-uong")


def needs_of(*words: str):
    return current_lexicon.current_lexicon().needs.of(words)


def test_loading_twice_adds_once_and_respects_operators(tree):
    assert load_shipped_needs(now=NOW) == len(shipped_needs())
    NeedRule.objects.filter(said="đồ uống").update(is_active=False)
    assert load_shipped_needs(now=NOW) == 0
    assert "đồ uống" not in {need.said for need in needs_in_force()}


def test_a_category_that_the_market_lacks_serves_nothing(db):
    assert load_shipped_needs(now=NOW) == len([need for need in shipped_needs() if not need.category])


def test_every_shipped_need_is_served_by_a_category_that_is_shipped(tree):
    codes = set(Category.objects.values_list("code", flat=True))
    assert {need.category for need in shipped_needs() if need.category} <= codes


def test_a_need_is_live_with_the_next_search(tree):
    assert needs_of("đồ", "giải", "nhiệt") == ()
    rule = save_need(rule=NeedRule(said="đồ giải nhiệt", category=tree), actor=None, now=NOW)
    assert [need.category for need in needs_of("do", "giai", "nhiet")] == [str(tree.pk)]
    rule.months = [7, 5, 5]
    save_need(rule=rule, actor=None, now=NOW + timedelta(seconds=1))
    assert [need.months for need in needs_of("đồ", "giải", "nhiệt")] == [(5, 7)]
    delete_need(rule=rule, actor=None, now=NOW)
    assert needs_of("đồ", "giải", "nhiệt") == ()
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"save_need_rule", "delete_need_rule"}


def test_a_need_that_finds_nothing_or_everything_is_refused(tree):
    with pytest.raises(UselessNeed):
        save_need(rule=NeedRule(said="đồ uống"), actor=None, now=NOW)
    with pytest.raises(UselessNeed):
        save_need(rule=NeedRule(said="…", category=tree), actor=None, now=NOW)
    save_need(rule=NeedRule(said="đồ uống", category=tree), actor=None, now=NOW)
    with pytest.raises(NeedIsThere):
        save_need(rule=NeedRule(said="Đồ  Uống", category=tree), actor=None, now=NOW)


def test_an_operator_keeps_needs_and_officers_do_not(client, cast, tree):
    written = {"said": "quà sinh nhật", "category": tree.pk, "months": ["5"], "min_stars": "0", "is_active": "on"}
    office = sign_in(client, cast.operator)
    assert office.get(LIST).status_code == 200
    assert office.post(f"{LIST}add/", written).url == LIST
    rule = NeedRule.objects.get()
    assert (rule.category, rule.months) == (tree, [5])
    assert AuditEntry.objects.get(action="save_need_rule").actor == cast.operator
    refused = office.post(f"{LIST}add/", written | {"category": "", "months": []})
    assert "nhóm hàng, tháng có hàng, số sao hoặc chứng nhận" in refused.content.decode()
    office.post(f"{LIST}{rule.pk}/delete/", {"post": "yes"})
    assert not NeedRule.objects.exists()
    assert sign_in(client, cast.province_officer).get(LIST).status_code == 403
