"""The buyer follows an order by number and phone; nobody guesses one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.order.links import order_url
from shop.order.models import HouseholdOrderState
from tests.accessibility import problems
from tests.factories.orders import make_listing, place, stock_of
from tests.sign_in import sign_in


@pytest.fixture
def order(cast, tea, honey, now):
    return place((tea, 2), (honey, 1), commune=cast.commune, now=now)


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def find(client, number, phone="0987654321"):
    return client.post("/don-hang/", {"number": number, "phone": phone}, follow=True)


def test_number_and_phone_open_the_order(client, standing_clock, order):
    page = find(client, f" {order.number} ", "+84 987 654 321")
    assert page.request["PATH_INFO"] == order_url(order, now=timezone.now())
    assert "Trà nhà Hoa" in text(page)
    assert "Vải nhà Bình" in text(page)


@pytest.mark.parametrize(
    "written", ["{}-{}-1", "{}-{}-2", "{}{}", "{}{}2", " {} {} 1 ", "{}.{}", "{}\u2013{}\u20131", "\uff12" + "{}-{}-1"]
)
def test_a_parts_number_however_it_is_typed_finds_its_order(client, standing_clock, order, written):
    day, own = order.number.split("-")
    typed = written.format(day[1:] if written.startswith("\uff12") else day, own)
    assert find(client, typed).request["PATH_INFO"] == order_url(order, now=timezone.now())


def test_a_number_with_a_letter_is_found_in_small_letters(client, order):
    type(order).objects.filter(pk=order.pk).update(number="261014-F00007")
    assert "261014-F00007" in find(client, "261014 f00007 2").request["PATH_INFO"]


@pytest.mark.parametrize("typed", ["261014", "{}-12345", "x{}", "2{}", "-"])
def test_what_is_no_number_of_an_order_finds_none(client, order, typed):
    """A number cut short or with something before it would otherwise find somebody's order by chance."""
    answered = find(client, typed.format(order.number))
    assert answered.request["PATH_INFO"] == "/don-hang/"


def test_a_wrong_number_and_a_wrong_phone_get_the_same_answer(client, order):
    wrong_number = text(find(client, "261014-000000"))
    wrong_phone = text(find(client, order.number, "0912000999"))
    said = "Không có đơn nào với số đơn và số điện thoại này"
    assert said in wrong_number
    assert said in wrong_phone


def test_guessing_is_stopped_for_one_number_and_for_one_visitor(client, order):
    for _guess in range(10):
        find(client, order.number, "0912000999")
    assert "Thử quá nhiều lần" in text(find(client, order.number))
    assert "Thử quá nhiều lần" in text(find(client, order.number.replace("-", "") + "1"))
    for guess in range(20):
        find(client, f"261014-{guess:06}")
    assert "Thử quá nhiều lần" in text(find(client, "261014-999999"))


@pytest.mark.parametrize("signature", ["x", "A" * 22])
def test_a_link_without_the_right_signature_opens_nothing(client, order, signature):
    assert client.get(f"/don-hang/{order.number}/{signature}/").status_code == 404


def test_the_link_of_one_order_does_not_open_another(client, order, cast, tea, now):
    other = place((tea, 1), commune=cast.commune, now=now)
    signature = order_url(order, now=timezone.now()).split("/")[-2]
    assert client.get(f"/don-hang/{other.number}/{signature}/").status_code == 404


def test_the_page_hides_the_middle_of_the_phone_number(client, order):
    page = text(client.get(order_url(order, now=timezone.now())))
    assert "0987 654 321" not in page
    assert "+84987654321" not in page


def test_the_buyer_cancels_one_households_part(client, order, tea, honey):
    part = order.household_orders.get(number=f"{order.number}-1")
    page = client.post(
        f"{order_url(order, now=timezone.now())}huy/{part.number}/", {"sure": "1", "why": "late"}, follow=True
    )
    assert "đã hủy" in text(page).lower()
    assert "226.000 đ" in text(page)  # what stands: the honey and its parcel
    assert (stock_of(tea), stock_of(honey)) == ((10, 0), (5, 1))


def test_another_orders_part_cannot_be_cancelled_through_mine(client, order, cast, tea, now):
    other = place((tea, 1), commune=cast.commune, now=now).household_orders.get()
    assert client.post(f"{order_url(order, now=timezone.now())}huy/{other.number}/").status_code == 404
    other.refresh_from_db()
    assert other.state == HouseholdOrderState.NEW


def test_the_page_costs_the_same_for_more_households_and_lines(client, cast, tea, honey, now):
    more = [make_listing(cast.household, f"Món {number}") for number in range(5)]
    costs = []
    for listings in ([tea], [tea, honey, *more]):
        order = place(*[(listing, 1) for listing in listings], commune=cast.commune, now=now)
        client.get(order_url(order, now=timezone.now()))
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get(order_url(order, now=timezone.now())))
        assert all(listing.title in page for listing in listings)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 8


def test_a_buyer_sees_the_own_orders_and_no_others(client, cast, tea, now):
    mine = place((tea, 1), commune=cast.commune, now=now, buyer=cast.buyer)
    as_guest = place((tea, 1), commune=cast.commune, now=now, phone=cast.buyer.phone)
    others = place((tea, 1), commune=cast.commune, now=now, buyer=cast.stranger)
    page = text(sign_in(client, cast.buyer).get("/don-hang/cua-toi/"))
    assert mine.number in page
    assert as_guest.number in page
    assert others.number not in page
    assert "/don-hang/cua-toi/" in text(client.get("/tai-khoan/"))


def test_the_list_of_own_orders_costs_the_same_for_more_orders_and_households(client, cast, tea, honey, now):
    sign_in(client, cast.buyer)
    costs = []
    for _more in range(2):
        placed = [
            place((tea, 1), *others, commune=cast.commune, now=now, buyer=cast.buyer) for others in [(), ((honey, 1),)]
        ]
        client.get("/don-hang/cua-toi/")
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get("/don-hang/cua-toi/"))
        assert all(order.number in page for order in placed)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 10


def test_the_pages_are_accessible(client, order):
    assert problems(text(client.get("/don-hang/"))) == []
    assert problems(text(client.get(order_url(order, now=timezone.now())))) == []
