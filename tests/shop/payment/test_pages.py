"""Paying by card through the pretend service, as a visitor without script does it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from shop.order.links import order_url
from shop.order.models import HouseholdOrderState
from shop.payment.models import Payment, PaymentState
from tests.accessibility import problems
from tests.factories.orders import stock_of
from tests.proven_phones import remember_as_proven


@pytest.fixture(autouse=True)
def _own_address(settings):
    settings.SITE_URL = "http://testserver"


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_a_buyer_pays_by_card_and_comes_back_to_the_order(client, standing_clock, order):
    at_the_gateway = client.post(order_url(order, "payments:pay", now=timezone.now()), follow=True)
    assert "Trang thẻ giả" in text(at_the_gateway)
    assert problems(text(at_the_gateway)) == []
    back = client.post(at_the_gateway.request["PATH_INFO"], {"answer": "pay"}, follow=True)
    assert back.request["PATH_INFO"] == order_url(order, now=timezone.now())
    assert "Đã trả tiền" in text(back)
    assert Payment.objects.get(order=order).state == PaymentState.PAID


def test_going_back_without_paying_keeps_the_order_to_pay_later(client, order):
    at_the_gateway = client.post(order_url(order, "payments:pay", now=timezone.now()), follow=True)
    back = client.post(at_the_gateway.request["PATH_INFO"], {"answer": "back"}, follow=True)
    assert "Đơn này chưa trả tiền" in text(back)
    assert order.household_orders.first().state == HouseholdOrderState.UNPAID


def test_the_way_back_does_not_believe_its_address(client, order):
    client.post(order_url(order, "payments:pay", now=timezone.now()))
    client.get(order_url(order, "payments:back", now=timezone.now()) + "?paid=1&status=success", follow=True)
    assert Payment.objects.get(order=order).state == PaymentState.PENDING


def test_a_gateway_that_is_down_is_said_and_the_order_is_kept(client, order, settings):
    settings.CARD_GATEWAY = ""
    page = client.post(order_url(order, "payments:pay", now=timezone.now()), follow=True)
    assert "Cổng thẻ đang không trả lời" in text(page)
    assert "Đổi sang trả tiền khi nhận hàng" in text(page)


def test_cash_instead_is_one_button_for_who_has_proven_the_phone(client, order):
    remember_as_proven(client, order.buyer_phone)
    client.post(order_url(order, "payments:cash", now=timezone.now()))
    assert set(order.household_orders.values_list("state", flat=True)) == {HouseholdOrderState.NEW}


def test_the_whole_unpaid_order_is_given_up_after_one_question(client, order, tea):
    client.post(order_url(order, "payments:pay", now=timezone.now()))
    address = order_url(order, "payments:give_up", now=timezone.now())
    assert "không lấy lại được" in text(client.post(address))
    assert stock_of(tea)[1] > 0
    assert "Đã hủy đơn" in text(client.post(address, {"sure": "1"}, follow=True))
    assert set(order.household_orders.values_list("state", flat=True)) == {HouseholdOrderState.CANCELLED}
    assert stock_of(tea) == (10, 0)


def test_a_part_alone_cannot_be_cancelled_before_the_whole_is_paid(client, order):
    part = order.household_orders.first()
    page = client.post(f"{order_url(order, now=timezone.now())}huy/{part.number}/", follow=True)
    assert "chưa trả tiền" in text(page)
    part.refresh_from_db()
    assert part.state == HouseholdOrderState.UNPAID


@pytest.mark.parametrize("page", ["payments:pay", "payments:back", "payments:cash", "payments:give_up"])
def test_another_orders_link_opens_nothing(client, order, page):
    address = order_url(order, page, now=timezone.now()).replace(order.number, "261014-000000")
    assert client.post(address).status_code in (404, 405)
    assert client.get(address).status_code in (404, 405)


def test_the_pretend_page_is_closed_where_cards_are_real(client, order, settings):
    at_the_gateway = client.post(order_url(order, "payments:pay", now=timezone.now())).url
    settings.CARD_GATEWAY = "stripe"
    assert client.get(at_the_gateway).status_code == 404


def test_cards_are_offered_only_with_a_gateway(client, order, settings):
    from shop.payment.methods import offered_methods

    settings.CARD_GATEWAY = ""
    assert [method for method, _label in offered_methods()] == ["cash_on_delivery"]
