"""Around an order: the address book, errors summed up, what comes next, the way back, ordering again, cancelling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from households.access import Acting
from households.models import Commune, CommuneSuccession
from messaging.models import OutgoingMessage
from shop.checkout.selectors import known_recipients
from shop.order.links import order_url
from shop.order.models import HouseholdOrderEvent, Order
from shop.order.selectors import arrival_of, find_order
from shop.order.services import answer_household_order, mark_sent
from shop.payment.models import Payment
from tests.accessibility import problems
from tests.factories.households import CommuneFactory
from tests.factories.orders import place
from tests.sign_in import sign_in


@pytest.fixture
def buyer(client, cast):
    return sign_in(client, cast.buyer)


def ordered(cast, tea, now, **changes: object) -> Order:
    return place((tea, 1), now=now, **{"commune": cast.commune, "buyer": cast.buyer, **changes})


def page_of(order: Order) -> str:
    return order_url(order, now=timezone.now())


def test_the_address_book_is_read_from_the_orders_of_who_is_signed_in(buyer, cast, tea, now):
    ordered(cast, tea, now, name="Đỗ Thị Mua", address="Số 5 ngõ Chợ")
    latest = ordered(cast, tea, now + timedelta(minutes=5), name="Bà Nội", address="Xóm Gò")
    ordered(cast, tea, now + timedelta(minutes=4), name="Đỗ Thị Mua", address="Số 5 ngõ Chợ")
    ordered(cast, tea, now, buyer=cast.stranger, name="Người Lạ", address="Nơi lạ")
    known = known_recipients(cast.buyer, now)
    assert [one.name for one in known] == ["Bà Nội", "Đỗ Thị Mua"]
    assert known[0].key == latest.number
    buyer.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    form = buyer.get("/dat-hang/", {"dia-chi": known[1].key}).context["form"]
    assert (form.initial["name"], form.initial["address"]) == ("Đỗ Thị Mua", "Số 5 ngõ Chợ")
    others = Order.objects.get(user=cast.stranger).number
    page = buyer.get("/dat-hang/", {"dia-chi": others})
    assertNotContains(page, "Người Lạ")
    assert page.context["form"].initial["name"] == "Bà Nội"


def test_a_merged_commune_is_lifted_and_a_divided_one_is_said(buyer, cast, tea, now):
    old = CommuneFactory(name="Phúc Xuân", code="05506", province=cast.province)
    ordered(cast, tea, now, commune=old)
    Commune.objects.filter(pk=old.pk).update(valid_until="2026-10-01")
    took = {"former_code": old.pk, "former_name": old.name, "former_district_name": "", "effective_date": "2026-10-01"}
    CommuneSuccession.objects.create(commune=cast.commune, former_province_name="", **took)
    (known,) = known_recipients(cast.buyer, now)
    assert (known.commune, known.ended) == (cast.commune, "")
    CommuneSuccession.objects.create(commune=cast.other_commune, former_province_name="", **took)
    (known,) = known_recipients(cast.buyer, now)
    assert (known.commune, known.ended) == (None, "Xã Phúc Xuân")
    buyer.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    page = buyer.get("/dat-hang/")
    assertContains(page, "Xã Phúc Xuân không còn")
    assert problems(page.content.decode()) == []


def test_errors_are_summed_up_first_and_named_in_the_title(client, tea):
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    page = client.post("/dat-hang/", {"phone": "12", "name": "", "commune": "", "address": "", "step": "details"})
    assertContains(page, "<title>Chưa đúng")
    assertContains(page, "Có 3 chỗ cần sửa")
    assertContains(page, 'tabindex="-1" autofocus')
    assertContains(page, 'href="#id_phone"')
    assert problems(page.content.decode()) == []


def test_what_comes_next_is_said_with_its_day(client, cast, tea, now, own):
    order = ordered(cast, tea, now)
    part = order.household_orders.get()
    expected = (part.answer_by + timedelta(days=1 + part.transit_days)).date()
    assert arrival_of(part) == expected
    assertContains(client.get(page_of(order)), f"khoảng ngày {expected.day}/{expected.month}")
    answer_household_order(household_order=part, acting=own, accept=True, now=now + timedelta(hours=1))
    part.refresh_from_db()
    assert arrival_of(part) == (now + timedelta(hours=1, days=1 + part.transit_days)).date()
    mark_sent(household_order=part, acting=own, now=now + timedelta(hours=3))
    part.refresh_from_db()
    assert arrival_of(part) == (now + timedelta(hours=3, days=part.transit_days)).date()


def test_back_from_the_orders_page_shows_the_order_for_an_hour(client, cast, tea, now):
    order = ordered(cast, tea, timezone.now())
    assertRedirects(client.get("/dat-hang/"), "/gio-hang/")
    session = client.session
    session["just_placed"] = order.number
    session.save()
    assertRedirects(client.get("/dat-hang/"), page_of(order))
    assertContains(client.get(page_of(order)), "Đã đặt hàng")
    Order.objects.update(date_placed=now - timedelta(hours=2))
    assertRedirects(client.get("/dat-hang/"), "/gio-hang/")
    assertNotContains(client.get(page_of(order)), "Đã đặt hàng")


def test_ordering_again_says_what_is_gone(client, cast, tea, honey, now):
    order = place((tea, 2), (honey, 1), commune=cast.commune, now=now)
    again = f"/gio-hang/dat-lai/{'/'.join(page_of(order).strip('/').split('/')[1:])}/"
    tea.stockrecords.update(num_in_stock=3)  # two are kept for the order: one is left
    type(honey).objects.filter(pk=honey.pk).update(status="withdrawn", is_public=False)
    basket = client.post(again, follow=True)
    assertContains(basket, f"{tea.title}, {honey.title}")
    rows = basket.context["contents"].rows
    assert [(row.title, row.quantity) for row in rows] == [(tea.title, 1)]
    tea.stockrecords.update(num_in_stock=30)
    assert client.get(again).status_code == 405


def test_cancelling_asks_once_why_and_the_household_reads_it(client, cast, tea, now):
    order = ordered(cast, tea, now)
    part = order.household_orders.get()
    cancel = f"{page_of(order)}huy/{part.number}/"
    assertContains(client.post(cancel), "Vì sao bạn hủy")
    assertContains(client.post(cancel, {"sure": "1"}), "Chọn lý do")
    assert order.household_orders.get().state == "new"
    client.post(cancel, {"sure": "1", "why": "other", "words": "Nhà đi vắng"})
    assert HouseholdOrderEvent.objects.get(state="cancelled").note == "Nhà đi vắng"
    assert "Nhà đi vắng" in OutgoingMessage.objects.get(phone=cast.household.phone, text__contains="hủy").text
    client.post(cancel, {"sure": "1", "why": "late"})
    assert HouseholdOrderEvent.objects.filter(state="cancelled").count() == 1


def test_a_part_paid_order_says_what_is_paid(client, cast, tea, honey, now):
    order = place((tea, 1), (honey, 1), commune=cast.commune, now=now)
    assertNotContains(client.get(page_of(order)), "Đã trả")
    first = order.household_orders.order_by("pk")[0].total
    Payment.objects.filter(order=order).update(received=first)
    page = client.get(page_of(order)).content.decode().replace("\u00a0", " ")
    assert "Đã trả" in page
    assert f"{order.total - first:,} đ".replace(",", ".") in page


@pytest.mark.parametrize("typed", ["VN 123-456/789 A", "vn123456789a", " Vn-123 456 789 a "])
def test_a_tracking_number_however_typed_finds_its_order_with_the_phone(cast, tea, now, own, typed):
    order = ordered(cast, tea, now)
    part = order.household_orders.get()
    answer_household_order(household_order=part, acting=own, accept=True, now=now)
    mark_sent(household_order=part, acting=own, tracking_number="VN123 456 789A", now=now)
    assert find_order(typed, "0987 654 321") == order
    assert find_order(typed, "0912 000 999") is None
    assert find_order("vn123456789", "0987 654 321") is None
    assert find_order("-", "0987 654 321") is None


def test_the_account_page_begins_with_orders(buyer, cast, tea, now):
    assertNotContains(buyer.get("/tai-khoan/"), 'id="latest-orders"')
    order = ordered(cast, tea, now)
    other = ordered(cast, tea, now, buyer=cast.stranger, phone="0912 000 999")
    page = buyer.get("/tai-khoan/")
    assertContains(page, order.number)
    assertNotContains(page, other.number)
    shown = page.content.decode()
    assert shown.index(order.number) < shown.index(str(page.context["phone"]))


@pytest.fixture
def own(cast) -> Acting:
    return Acting(cast.head, cast.household)
