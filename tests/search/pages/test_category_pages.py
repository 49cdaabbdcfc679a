"""The page of a kind of produce: its choices, its last page, and what it tells other search engines."""

from __future__ import annotations

import pytest
from django.urls import reverse

from search.index import passes
from tests.factories.catalog import category, listing


@pytest.fixture
def page(indexed):
    tea = category()
    return reverse("catalogue:category", args=[tea.slug, tea.pk])


def test_behind_the_last_page_stands_the_last_one(client, page, acting, now):
    assert client.get(page, {"page": 9}).url == page
    for number in range(30):
        listing(acting, now, title=f"Chè móc câu {number}")
    passes.rebuild(engine="tantivy", now=now)
    assert client.get(page, {"page": 9, "sort": "cheapest"}).url == f"{page}?sort=cheapest&page=2"
    assert len(client.get(page, {"page": 2}).context["results"].cards) == 7


def test_who_chose_nothing_has_nothing_to_clear(client, page):
    clear = "Bỏ hết lựa chọn"
    assert clear not in client.get(page).content.decode()
    assert clear not in client.get(page, {"category": "999"}).content.decode()
    assert clear in client.get(page, {"stock": "in"}).content.decode()


def test_choices_that_leave_nothing_are_weighed_against_this_kind_only(client, page, acting, now):
    fruit = category("vai", "Vải")
    for number in range(3):
        listing(acting, now, title=f"Vải {number}", category_id=fruit.pk)
    passes.rebuild(engine="tantivy", now=now)
    empty = client.get(page, {"ocop": "5"})
    assert empty.context["results"].found.without_choices == 1
    assert client.get(empty.context["results"].parameters.without_choices()).context["results"].found.total == 1


def test_a_narrowed_page_is_kept_out_of_other_search_engines(client, page, settings, acting, now):
    canonical = f'<link rel="canonical" href="{settings.SITE_URL}{page}">'
    plain = client.get(page).content.decode()
    assert canonical in plain
    assert "noindex" not in plain
    for asked in ({"stock": "in"}, {"sort": "cheapest"}, {"price_to": "500000"}, {"q": "chè"}):
        narrowed = client.get(page, asked).content.decode()
        assert canonical in narrowed
        assert 'content="noindex, follow"' in narrowed
    for number in range(30):
        listing(acting, now, title=f"Chè móc câu {number}")
    passes.rebuild(engine="tantivy", now=now)
    second = client.get(page, {"page": 2, "utm_source": "x"}).content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{page}?page=2">' in second
    assert "noindex" not in second
