"""Goods kept for a card order before it is paid: little and not for long on a phone that nobody proved."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine

from shop.order.models import HouseholdOrder, Order
from shop.payment.cash import PhoneNotProven
from shop.payment.models import PaymentMethod
from shop.payment.tasks import sweep_unpaid_orders
from shop.payment.unpaid import TIME_TO_PAY
from tests.accessibility import problems
from tests.accounts.walk import code_sent_to
from tests.factories.orders import make_listing, place, stock_of
from tests.shop.checkout.test_order import press, review, text

PHONE = "+84987654321"


@pytest.fixture
def unpaid(cast, now, tea):
    """Place an order by card of a guest whose phone nobody proved."""
    return partial(place, commune=cast.commune, now=now, payment_method=PaymentMethod.CARD, phone_is_proven=False)


def pay_by_card(order: Order) -> None:
    HouseholdOrder.objects.filter(order=order).update(state="new")


def test_a_guest_pays_by_card_without_a_code(client, tea):
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "5"})
    done = press(client, review(client), "place", payment_method="card")
    assert "thanh-toan" in done.request["PATH_INFO"]
    assert "20 phút" in text(done)
    assert stock_of(tea) == (10, 5)


def test_what_is_not_paid_in_time_is_free_again(unpaid, tea, now, django_capture_on_commit_callbacks):
    order = unpaid((tea, 4))
    for seconds, kept in ((-1, 4), (0, 0)):
        moment = time_machine.travel(now + TIME_TO_PAY + timedelta(seconds=seconds), tick=False)
        with moment, django_capture_on_commit_callbacks(execute=True):
            sweep_unpaid_orders()
        assert stock_of(tea) == (10, kept)
    assert order.household_orders.get().state == "not_paid"


@pytest.mark.parametrize("stock", [10, 9, 1])
def test_strangers_together_keep_at_most_half_of_a_listing(cast, unpaid, stock):
    rare, half = make_listing(cast.household, "Chè đinh", stock=stock), (stock + 1) // 2
    for number in range(half):
        unpaid((rare, 1), phone=f"091234000{number}")
    with pytest.raises(PhoneNotProven):
        unpaid((rare, 1), phone="0912340009") if stock > 1 else place_two(unpaid, cast)
    assert stock_of(rare) == (stock, half)


def place_two(unpaid, cast) -> Order:
    return unpaid((make_listing(cast.household, "Chè khác", stock=2), 2), phone="0912340009")


def test_whoever_proves_the_phone_keeps_more(client, tea):
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "6"})
    asked = press(client, review(client), "place", payment_method="card")
    assert 'name="code"' in text(asked)
    assert "trả tiền thẻ" in text(asked) or "bằng thẻ" in text(asked)
    assert problems(text(asked)) == []
    assert (stock_of(tea), Order.objects.exists()) == ((10, 0), False)
    done = press(client, asked, "code", code=code_sent_to(PHONE))
    assert "thanh-toan" in done.request["PATH_INFO"]
    assert (stock_of(tea), Order.objects.get().phone_is_proven) == ((10, 6), True)


def test_what_a_proven_phone_or_a_payment_keeps_counts_for_no_stranger(unpaid, tea):
    unpaid((tea, 3), phone_is_proven=True)
    pay_by_card(unpaid((tea, 3), phone="0912340001"))
    unpaid((tea, 4), phone="0912340002")
    assert stock_of(tea) == (10, 10)


@pytest.mark.parametrize("shared", ["phone", "buyer"])
def test_all_that_waits_on_one_phone_or_by_one_person_counts_together(cast, unpaid, settings, shared):
    settings.CASH_LIMIT_DONG, settings.CASH_LIMIT_QUANTITY = 10**9, 5
    goods = [make_listing(cast.household, f"Chè {number}", stock=40) for number in range(3)]
    theirs = {"buyer": cast.buyer} if shared == "buyer" else {}
    unpaid((goods[0], 3), phone="0912340001", **theirs)
    with pytest.raises(PhoneNotProven):
        unpaid((goods[1], 3), phone="0912340001" if shared == "phone" else "0912340002", **theirs)
    unpaid((goods[2], 2), phone="0912340001", **theirs)
    unpaid((goods[1], 3), phone="0912340003")
    assert [stock_of(listing)[1] for listing in goods] == [3, 3, 2]


def test_the_value_counts_too(cast, unpaid, settings):
    settings.CASH_LIMIT_DONG = 300_000
    dear = make_listing(cast.household, "Chè đinh", price=130_000, stock=40)
    unpaid((dear, 1))
    with pytest.raises(PhoneNotProven):
        unpaid((dear, 1))
    assert stock_of(dear)[1] == 1
