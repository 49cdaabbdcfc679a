"""Where nothing was found there is a way on: kinds that fit, what comes near, and hearing of it later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.models import Category
from search.index import passes
from search.index.source import Source
from search.pages import results
from search.pages.fitting_categories import fitting_categories
from tests.factories.catalog import listing

PAGE = "/tim/"
TREE = {
    "Chè (trà)": "Tea",
    "Chè xanh": "Green tea",
    "Sầu riêng, măng cụt, bơ": "Durian, mangosteen, avocado",
    "Mật ong và sản phẩm ong": "Honey and bee products",
    "Gạo, ngũ cốc, đậu": "Rice, grains, beans",
    "Hoa tươi": "Cut flowers",
    "Trứng": "Eggs",
}


@pytest.fixture
def market(acting, now):
    """Something on sale of every kind but flowers."""
    for number, (name, english) in enumerate(TREE.items()):
        made = Category.add_root(code=f"kind-{number}", slug=f"kind-{number}", name=name, name_en=english)
        if name != "Hoa tươi":
            listing(acting, now, title=f"Hàng mẫu {number}", category_id=made.pk)
    passes.rebuild(engine="tantivy", now=now)
    return list(Category.objects.order_by("path"))


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("tea", ["Chè (trà)", "Chè xanh"]),
        ("Wild HONEY from the hills", ["Mật ong và sản phẩm ong"]),
        ("egg", ["Trứng"]),
        ("trà sen", ["Chè (trà)"]),
        ("tra", ["Chè (trà)"]),
        ("bo", ["Sầu riêng, măng cụt, bơ"]),
        ("bò", []),
        ("mang cut lao", ["Sầu riêng, măng cụt, bơ"]),
        ("mật ong hoa tươi", ["Mật ong và sản phẩm ong"]),
        ("hoa tươi", []),
        ("and other products", []),
        ("xe máy", []),
        ("*", []),
    ],
)
def test_kinds_fit_by_their_name_in_either_language_if_they_hold_something(market, typed, kinds):
    assert [kind.name for kind in fitting_categories(typed, market)] == kinds


@pytest.mark.parametrize(("typed", "kind"), [("tea", "Green tea"), ("honey", "Honey"), ("rice", "Rice, grains")])
def test_english_words_lead_to_the_kind_on_the_english_site(client, market, typed, kind):
    client.cookies["django_language"] = "en"
    page = client.get(PAGE, {"q": typed})
    body = page.content.decode()
    if not page.context["results"].found.total:
        assert "Kinds of produce that fit" in body
        address = f"/danh-muc/{page.context['results'].kinds[0].slug}_{page.context['results'].kinds[0].pk}/"
        assert f'href="{address}"' in body
    assert kind in body


def test_suggested_kinds_have_their_english_names_on_the_english_site(client, market):
    assert [kind["name"] for kind in client.get("/tim/goi-y/", {"q": "mật"}).json()["categories"]] == [
        "Mật ong và sản phẩm ong"
    ]
    client.cookies["django_language"] = "en"
    for typed in ("mật", "honey"):
        [kind] = client.get("/tim/goi-y/", {"q": typed}).json()["categories"]
        assert kind["name"] == "Honey and bee products"


def test_the_empty_box_offers_kinds_and_to_hear_of_it(client, market):
    body = client.get(PAGE, {"q": "tea xyzxyz"}).content.decode()
    box = body.split('<div class="empty">')[1].split("</div>")[0]
    assert "Loại nông sản hợp với từ bạn tìm" in box
    assert "Chè xanh" in box
    assert 'action="/tim/luu/"' in box
    assert body.count('action="/tim/luu/"') == 1


def test_what_comes_near_is_shown_where_nothing_was_found(client, market, now, monkeypatch):
    honest, near = results.find, tuple(Source(now).newest(2))
    monkeypatch.setattr(results, "find", lambda *asked: replace(honest(*asked), nearby=near))
    page = client.get(PAGE, {"q": "xyzxyz"})
    assert page.context["results"].found.total == 0
    after = page.content.decode().split("Gần với “xyzxyz”")[1]
    assert all(document.title in after for document in near)


def test_an_empty_page_takes_few_queries(client, market, django_assert_max_num_queries):
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(PAGE, {"q": "tea xyzxyz"})
