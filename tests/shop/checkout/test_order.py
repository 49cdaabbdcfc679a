"""Ordering as a guest: phone first, nothing typed is lost, one click or two make one order."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.apps.basket.models import Line

from messaging.models import OutgoingMessage
from shop.order.models import HouseholdOrder, Order
from tests.accessibility import problems
from tests.accounts.walk import code_sent_to
from tests.factories.orders import make_listing, place, stock_of
from tests.sign_in import sign_in

RECIPIENT = {
    "phone": "0987.654.321",
    "name": "Đỗ Thị Mua",
    "commune": "tan cuong, thai nguyen",
    "address": "Số 5 ngõ Chợ",
}


@pytest.fixture
def basket(client, tea, honey):
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "2"})
    client.post(f"/gio-hang/them/{honey.pk}/", {"quantity": "1"})


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def hidden(response) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', text(response))
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def review(client, **changes: str):
    return client.post("/dat-hang/", RECIPIENT | {"step": "details"} | changes)


def press(client, page, step: str, **changes: str):
    fields = {"payment_method": "cash_on_delivery"} | hidden(page) | {"step": step} | changes
    return client.post("/dat-hang/", fields, follow=True)


def confirm(client, page, **changes: str):
    """Press the button, and write the code where one is asked for."""
    answered = press(client, page, "place", **changes)
    if 'name="code"' not in text(answered):
        return answered
    return press(client, answered, "code", code=code_sent_to(OutgoingMessage.objects.latest("pk").phone))


def test_a_guest_orders_from_two_households_with_cash_on_delivery(client, basket, tea):
    page = review(client)
    assert "31.000 đ" in text(page)  # 2,2 kg inside the province
    assert "497.000 đ" in text(page)
    assert "0987 654 321" in text(page)
    done = confirm(client, page)
    order = Order.objects.get()
    assert done.request["PATH_INFO"].startswith(f"/don-hang/{order.number}/")
    assert (order.household_orders.count(), order.total, order.buyer_phone) == (2, 497_000, "+84987654321")
    assert order.shipping_address.commune_id == "05503"
    assert stock_of(tea) == (10, 2)
    assert "Giỏ hàng đang trống" in text(client.get("/gio-hang/"))


def test_a_second_click_finds_the_order_of_the_first(client, basket, standing_clock):
    page = review(client)
    first, second = confirm(client, page), confirm(client, page)
    assert Order.objects.count() == 1
    assert second.request["PATH_INFO"] == first.request["PATH_INFO"]


@pytest.mark.parametrize("phone", ["0987654321", "0987 654 321", "+84987654321", "84987654321", "0987-654-321"])
def test_the_phone_may_be_written_five_ways(client, basket, phone):
    confirm(client, review(client, phone=phone))
    assert Order.objects.get().buyer_phone == "+84987654321"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phone", "12", "số điện thoại"),
        ("name", "", "Ghi tên người nhận"),
        ("commune", "Xã Không Có", "Không có xã"),
        ("commune", "", "Hãy ghi tên xã"),
    ],
)
def test_bad_input_is_said_and_the_rest_is_kept(client, basket, field, typed, said):
    page = text(review(client, **{field: typed}))
    assert said.lower() in page.lower()
    kept = {name: value for name, value in RECIPIENT.items() if name != field}
    assert all(value in page for value in kept.values())
    assert not Order.objects.exists()


def test_going_back_keeps_what_was_typed(client, basket):
    page = text(client.post("/dat-hang/", hidden(review(client)) | {"step": "edit"}))
    assert "Đỗ Thị Mua" in page
    assert "Số 5 ngõ Chợ" in page
    assert "Tân Cương" in page


def test_the_last_item_just_sold_is_said_and_the_rest_can_be_ordered(client, cast, basket, tea, honey, now):
    page = review(client)
    place((honey, 5), commune=cast.commune, now=now)
    refused = confirm(client, page)
    assert "“Mật ong vải” đã hết hàng" in text(refused)
    assert Line.objects.count() == 2  # the basket is kept
    rest = client.post("/dat-hang/", hidden(refused) | {"step": "fix"})
    assert "“Mật ong vải”" not in text(rest)
    assert "Đỗ Thị Mua" in text(rest)
    confirm(client, rest)
    order = Order.objects.get(buyer_phone="+84987654321", lines__product=tea)
    assert order.household_orders.count() == 1


def test_less_left_than_wanted_orders_what_is_left(client, cast, basket, tea, now):
    page = review(client)
    place((tea, 9), commune=cast.commune, now=now)
    rest = client.post("/dat-hang/", hidden(confirm(client, page)) | {"step": "fix"})
    confirm(client, rest)
    assert stock_of(tea) == (10, 10)


def test_a_price_that_rose_on_the_way_is_confirmed_anew(client, basket, tea):
    page = review(client)
    tea.stockrecords.update(price=130_000)
    asked = confirm(client, page)
    assert "Tổng tiền đã đổi từ 497.000 đ thành 517.000 đ" in text(asked)
    assert not Order.objects.exists()
    confirm(client, asked)
    assert Order.objects.get().total == 517_000


def test_goods_that_may_spoil_on_the_way_are_named(client, cast, tea):
    lychee = make_listing(cast.other_household, "Vải thiều tươi", max_transit_days=2)
    client.post(f"/gio-hang/them/{lychee.pk}/")
    assert "“Vải thiều tươi” chỉ giữ được 2 ngày khi vận chuyển" in text(review(client))


def test_dear_shipping_is_said_in_plain_words(client, cast, tea):
    herb = make_listing(cast.household, "Rau thơm", price=20_000)
    client.post(f"/gio-hang/them/{herb.pk}/")
    assert "Phí giao hàng hơi cao" in text(review(client))


def test_an_empty_basket_leads_to_the_basket(client, db):
    assert client.get("/dat-hang/").url == "/gio-hang/"


def test_without_a_tariff_the_buyer_is_told_and_nothing_is_lost(client, cast):
    tea = make_listing(cast.household)
    client.post(f"/gio-hang/them/{tea.pk}/")
    page = text(review(client))
    assert "Chưa tính được phí giao hàng" in page
    assert "Đỗ Thị Mua" in page


def test_a_tampered_total_or_method_orders_nothing(client, basket):
    page = review(client)
    confirm(client, page, expected_total="1")
    confirm(client, page, payment_method="gold")
    assert not Order.objects.exists()


def test_the_signed_in_buyers_last_address_is_filled_in(client, cast, tea, now):
    place((tea, 1), commune=cast.commune, now=now, buyer=cast.buyer)
    sign_in(client, cast.buyer)
    client.post(f"/gio-hang/them/{tea.pk}/")
    page = text(client.get("/dat-hang/"))
    assert "Số 5 ngõ Chợ" in page
    assert "Tân Cương" in page


def test_each_part_belongs_to_its_household(client, basket, cast):
    confirm(client, review(client))
    owners = {part.household: [line.title for line in part.lines.all()] for part in HouseholdOrder.objects.all()}
    assert owners == {cast.household: ["Trà nõn tôm"], cast.other_household: ["Mật ong vải"]}


def test_the_review_costs_the_same_for_more_goods_and_households(client, cast, basket):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            review(client)
        return len(captured)

    queries()  # the names of places are read once
    few = queries()
    for number in range(5):
        listing = make_listing(cast.household, f"Món {number}")
        client.post(f"/gio-hang/them/{listing.pk}/")
    assert queries() == few <= 10


def test_after_ordering_the_header_counts_nothing(client, basket):
    confirm(client, review(client))
    assert "basket-count" not in text(client.get("/don-hang/"))


def test_both_steps_are_accessible(client, basket):
    assert problems(text(client.get("/dat-hang/"))) == []
    assert problems(text(review(client))) == []
