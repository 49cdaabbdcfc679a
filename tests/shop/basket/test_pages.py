"""The basket as a visitor without script meets it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.apps.basket.models import Basket, Line

from shop.basket.middleware import COUNT_COOKIE
from tests.accessibility import problems
from tests.factories.orders import make_listing, place
from tests.sign_in import sign_in


def add(client, product, quantity="1", **more: str):
    return client.post(f"/gio-hang/them/{product.pk}/", {"quantity": quantity, **more}, follow=True)


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_a_guest_keeps_one_basket_across_households(client, tea, honey):
    add(client, tea, "2")
    page = text(add(client, honey))
    assert "Trà nhà Hoa" in page
    assert "Vải nhà Bình" in page
    assert "440.000 đ" in page
    assert Basket.objects.get().lines.count() == 2


def test_the_same_listing_twice_is_one_line(client, tea):
    add(client, tea, "2")
    add(client, tea, "3")
    assert Line.objects.get().quantity == 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11", "Chỉ còn 10"),
        ("1,5", "số nguyên"),
        ("abc", "số nguyên"),
        ("-1", "từ 1 đến 9.999"),
        ("0", "từ 1 đến 9.999"),
        ("100000", "từ 1 đến 9.999"),
    ],
)
def test_a_quantity_that_cannot_be_had_is_said_where_one_came_from(client, tea, typed, said):
    page = add(client, tea, typed, next=f"/san-pham/tra_{tea.pk}/")
    assert said in text(page)
    assert page.request["PATH_INFO"].startswith("/san-pham/")
    assert not Line.objects.exists()


def test_what_is_sold_out_is_not_added(client, cast, tea, now):
    place((tea, 10), commune=cast.commune, now=now)
    assert "đã hết hàng" in text(add(client, tea))


def test_a_listing_taken_down_is_not_added(client, tea):
    type(tea).objects.update(status="taken_down", is_public=False)
    assert "không còn bán" in text(add(client, tea))


def test_next_never_leads_away_from_the_market(client, tea):
    response = client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "99", "next": "https://example.com/"})
    assert response.url == "/gio-hang/"


def test_a_changed_price_is_said(client, tea):
    add(client, tea)
    tea.stockrecords.update(price=150_000)
    assert "Giá đã đổi từ 120.000 đ thành 150.000 đ" in text(client.get("/gio-hang/"))


def test_stock_that_went_down_meanwhile_is_said(client, cast, tea, now):
    add(client, tea, "6")
    place((tea, 7), commune=cast.commune, now=now)
    assert "Chỉ còn 3" in text(client.get("/gio-hang/"))


def test_quantity_is_changed_and_a_line_taken_out(client, tea, honey):
    add(client, tea, "2")
    add(client, honey)
    client.post(f"/gio-hang/doi/{tea.pk}/", {"quantity": "4"})
    client.post(f"/gio-hang/bo/{honey.pk}/")
    assert list(Line.objects.values_list("product", "quantity")) == [(tea.pk, 4)]


def test_a_change_that_cannot_be_had_keeps_the_old_quantity(client, tea):
    add(client, tea, "2")
    assert "Chỉ còn 10" in text(client.post(f"/gio-hang/doi/{tea.pk}/", {"quantity": "40"}, follow=True))
    assert Line.objects.get().quantity == 2


def test_a_guests_basket_is_not_found_with_a_forged_cookie(client, tea):
    add(client, tea)
    client.cookies["oscar_open_basket"] = f"{Basket.objects.get().pk}:forged"
    assert "Giỏ hàng đang trống" in text(client.get("/gio-hang/"))


def test_signing_in_keeps_what_the_guest_chose(client, cast, tea):
    add(client, tea, "2")
    sign_in(client, cast.buyer)
    assert "Trà nõn tôm" in text(client.get("/gio-hang/"))
    assert Basket.open.get(owner=cast.buyer).lines.get().quantity == 2


def test_the_header_counts_without_a_query(client, tea, django_assert_num_queries):
    add(client, tea)
    assert client.cookies[COUNT_COOKIE].value == "1"
    with django_assert_num_queries(0):
        page = text(client.get("/don-hang/"))
    assert '<b class="basket-count">1</b>' in page


@pytest.mark.parametrize("count", ["-1", "1e9", "<b>", "99999999"])
def test_a_forged_count_counts_nothing(client, db, count):
    client.cookies[COUNT_COOKIE] = count
    assert "basket-count" not in text(client.get("/don-hang/"))


def test_the_page_costs_the_same_for_more_goods(client, cast, tea):
    add(client, tea)
    few = _queries(client)
    for number in range(6):
        add(client, make_listing(cast.other_household if number % 2 else cast.household, f"Món {number}"))
    assert _queries(client) == few <= 4


def _queries(client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/gio-hang/")
    return len(queries)


def test_the_page_is_accessible(client, tea):
    add(client, tea)
    assert problems(text(client.get("/gio-hang/"))) == []
