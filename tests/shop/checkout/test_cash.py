"""Cash on delivery rests on the buyer's word: whose phone is proven, how much at a time, and how often."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from core.attempts import TooManyAttempts
from core.models import AttemptCount
from households.access import Acting
from messaging.models import OutgoingMessage
from shop.checkout.placement import MAX_ORDERS_OF_ONE, TotalChanged
from shop.order.models import Order
from shop.order.services import answer_household_order, cancel_household_order, mark_delivered, mark_sent
from shop.payment.cash import CashLimitExceeded, PhoneNotProven
from shop.payment.models import PaymentMethod, PretendCharge
from shop.payment.services import start_payment, switch_to_cash
from tests.accessibility import problems
from tests.accounts.walk import code_sent_to, long_code_sent_to, wrong
from tests.factories.orders import place, stock_of
from tests.proven_phones import remember_as_proven
from tests.shop.checkout.test_order import RECIPIENT, confirm, press, review, text
from tests.sign_in import sign_in

PHONE, OTHER_PHONE = "+84987654321", "+84912345678"


@pytest.fixture
def basket(client, tea):
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "2"})


def asks_for_code(page) -> bool:
    return 'name="code"' in text(page)


def test_a_guests_cash_order_keeps_nothing_before_the_code(client, basket, tea):
    asked = press(client, review(client), "place")
    assert asks_for_code(asked)
    assert "0987 654 321" in text(asked)
    assert problems(text(asked)) == []
    assert (stock_of(tea), Order.objects.exists()) == ((10, 0), False)
    assert not AttemptCount.objects.filter(key__startswith="orders-of-buyer").exists()
    done = press(client, asked, "code", code=code_sent_to(PHONE))
    assert done.request["PATH_INFO"].startswith(f"/don-hang/{Order.objects.get().number}/")
    assert stock_of(tea) == (10, 2)


def test_a_wrong_code_is_said_at_its_field_and_nothing_typed_is_lost(client, basket):
    asked = press(client, review(client), "place")
    answered = press(client, asked, "code", code=wrong(code_sent_to(PHONE)))
    assert 'aria-invalid="true"' in text(answered)
    assert "Đỗ Thị Mua" in text(answered)
    assert OutgoingMessage.objects.count() == 1
    press(client, answered, "code", code=code_sent_to(PHONE))
    assert Order.objects.get().shipping_address.line1 == RECIPIENT["address"]


def test_an_empty_code_is_asked_for_and_sends_no_other(client, basket):
    asked = press(client, review(client), "place")
    assert "Hãy ghi mã trong tin nhắn" in text(press(client, asked, "code", code=""))
    assert OutgoingMessage.objects.count() == 1


def test_a_second_press_sends_no_second_code_and_another_can_be_asked_for(client, basket):
    page = review(client)
    press(client, page, "place")
    asked = press(client, page, "place")
    assert OutgoingMessage.objects.count() == 1
    asked = press(client, asked, "resend")
    assert OutgoingMessage.objects.count() == 2
    press(client, asked, "code", code=code_sent_to(PHONE))
    assert Order.objects.exists()


def test_the_code_of_one_browser_places_no_order_of_another(client, basket, tea):
    press(client, review(client), "place")
    code, other = code_sent_to(PHONE), Client()
    other.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    asked = press(other, review(other), "place")
    assert asks_for_code(press(other, asked, "code", code=code) if code != code_sent_to(PHONE) else asked)
    assert not Order.objects.exists()


def test_a_code_to_sign_in_orders_nothing_and_a_code_to_order_opens_no_account(client, basket):
    asked = press(client, review(client), "place")
    to_order = code_sent_to(PHONE)
    client.post("/dang-nhap/", {"phone": PHONE})
    to_sign_in = code_sent_to(PHONE)
    if to_order != to_sign_in:
        client.post("/dang-nhap/ma/", {"action": "verify", "code": to_order})
        assert "_auth_user_id" not in client.session
        assert asks_for_code(press(client, asked, "code", code=to_sign_in))
    press(client, asked, "code", code=to_order)
    assert Order.objects.exists()


def test_when_short_codes_are_used_up_the_long_code_of_the_phone_places_the_order(client, basket):
    asked = press(client, review(client), "place")
    for _ in range(3):
        asked = press(client, asked, "resend")
    assert "18 chữ số" in text(asked)
    press(client, asked, "code", code=long_code_sent_to(PHONE))
    assert Order.objects.exists()


def test_a_phone_proven_in_this_browser_is_remembered_for_a_day(client, cast, tea, time_machine, settings):
    start = timezone.now()
    for hours, is_asked in ((0, True), (settings.PROVEN_PHONE_HOURS - 1, False), (settings.PROVEN_PHONE_HOURS, True)):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
        page = review(client)
        assert asks_for_code(press(client, page, "place")) == is_asked
        if is_asked:
            confirm(client, page)
    assert Order.objects.count() == 3


def test_another_phone_in_the_same_browser_is_proven_anew(client, basket):
    remember_as_proven(client, OTHER_PHONE)
    assert asks_for_code(press(client, review(client), "place"))


def test_who_signed_in_with_the_phone_writes_no_code_and_with_another_does(client, cast, tea):
    sign_in(client, cast.buyer)
    for phone, is_asked in ((cast.buyer.phone, False), (PHONE, True)):
        client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
        assert asks_for_code(press(client, review(client, phone=phone), "place")) == is_asked
    assert Order.objects.get().user == cast.buyer


def test_staff_who_signed_in_by_password_prove_their_phone_too(client, cast, tea):
    sign_in(client, cast.operator)
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    assert asks_for_code(press(client, review(client, phone=cast.operator.phone), "place"))


def test_by_card_no_code_is_needed_and_cash_instead_asks_for_it(client, basket, tea):
    waiting = press(client, review(client), "place", payment_method="card")
    order = Order.objects.get()
    assert waiting.request["PATH_INFO"].startswith("/thanh-toan/")
    address = f"{waiting.request['PATH_INFO']}tien-mat/"
    assert asks_for_code(client.post(address, follow=True))
    order.payment.refresh_from_db()
    assert not order.payment.is_cash
    assert client.post(address, {"step": "details"}).url == waiting.request["PATH_INFO"]
    assert asks_for_code(client.post(address, {"step": "code", "code": "000"}, follow=True))
    client.post(address, {"step": "code", "code": code_sent_to(PHONE)})
    order.payment.refresh_from_db()
    assert order.payment.is_cash


def test_the_page_and_the_message_are_in_english_for_who_reads_english(client, basket):
    client.cookies["django_language"] = "en"
    asked = press(client, review(client), "place")
    assert "Confirm your phone number" in text(asked)
    assert "is your code to order at Chợ Nhà Nông" in OutgoingMessage.objects.get().text


def test_the_service_itself_keeps_nothing_for_an_unproven_phone(cast, tea, now):
    with pytest.raises(PhoneNotProven):
        place((tea, 1), commune=cast.commune, now=now, phone_is_proven=False)
    assert (stock_of(tea), Order.objects.exists()) == ((10, 0), False)


@pytest.fixture
def order(cast, tea, now):
    """Two kilograms in cash, of a buyer to whom nothing was delivered yet."""
    return place((tea, 2), commune=cast.commune, now=now)


@pytest.mark.parametrize(("dong", "pieces", "passes"), [(0, 0, True), (-1, 0, False), (0, -1, False)])
def test_all_that_is_under_way_in_cash_counts_together(cast, tea, order, now, settings, dong, pieces, passes):
    settings.CASH_LIMIT_DONG, settings.CASH_LIMIT_QUANTITY = 2 * order.total + dong, 4 + pieces
    again = partial(place, (tea, 2), commune=cast.commune, now=now)
    if not passes:
        with pytest.raises(CashLimitExceeded):
            again()
        assert stock_of(tea) == (10, 2)
        again(payment_method=PaymentMethod.CARD)
    else:
        again()
    assert stock_of(tea) == (10, 4)


def test_what_was_cancelled_or_is_anothers_does_not_count(cast, tea, order, now, settings):
    settings.CASH_LIMIT_DONG = order.total
    place((tea, 2), commune=cast.commune, now=now, phone=OTHER_PHONE)
    cancel_household_order(household_order=order.household_orders.get(), now=now)
    assert place((tea, 2), commune=cast.commune, now=now)


def test_who_once_received_an_order_has_no_limit(cast, tea, order, now, settings):
    settings.CASH_LIMIT_DONG = order.total
    acting, part = Acting(cast.head, cast.household), order.household_orders.get()
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)
    mark_sent(household_order=part, acting=acting, now=now)
    place_more = partial(place, (tea, 8), commune=cast.commune, now=now)
    with pytest.raises(CashLimitExceeded):
        place_more()
    mark_delivered(household_order=part, acting=acting, now=now)
    assert place_more().total > settings.CASH_LIMIT_DONG


def test_cash_instead_of_the_card_keeps_to_the_limit_and_the_card_page_stays_open(cast, tea, order, now, settings):
    settings.CASH_LIMIT_DONG = order.total
    waiting = place((tea, 1), commune=cast.commune, now=now, payment_method=PaymentMethod.CARD)
    start_payment(order=waiting, now=now)
    with pytest.raises(CashLimitExceeded):
        switch_to_cash(order=waiting, phone_is_proven=True, now=now)
    assert PretendCharge.objects.get().state == PretendCharge.State.OPEN
    waiting.payment.refresh_from_db()
    assert waiting.payment.waits_for_card


def test_the_refusal_says_the_limit_and_what_to_do(client, basket, tea, settings):
    settings.CASH_LIMIT_QUANTITY = 1
    page = review(client)
    assert "cho tới khi bạn nhận được đơn đầu tiên" in text(page).lower()
    refused = text(confirm(client, page))
    assert "tối đa 2.000.000 đ và 1 món" in refused
    assert "Hãy đặt ít hơn, hoặc đổi cách trả: thẻ" in refused
    assert "Đỗ Thị Mua" in refused
    assert stock_of(tea) == (10, 0)


def test_where_no_card_is_offered_the_refusal_promises_none(cast, tea, now, settings):
    settings.CASH_LIMIT_QUANTITY, settings.CARD_GATEWAY = 1, ""
    with pytest.raises(CashLimitExceeded, match=r"Hãy đặt ít hơn\.$"):
        place((tea, 2), commune=cast.commune, now=now)


def test_a_phone_and_a_buyer_order_ten_times_an_hour_and_refusals_do_not_count(cast, now, tea):
    tea.stockrecords.update(num_in_stock=100)
    order = partial(place, (tea, 1), commune=cast.commune, payment_method=PaymentMethod.CARD)
    for number in range(MAX_ORDERS_OF_ONE["most"]):
        order(now=now, browser=f"browser {number}")
        with pytest.raises(TotalChanged):
            order(now=now, browser="same", expected_total=1)
        order(now=now, phone=f"098765400{number}", browser="same")
    for one_more in ({"browser": "new"}, {"browser": "same", "phone": OTHER_PHONE}):
        with pytest.raises(TooManyAttempts):
            order(now=now, **one_more)
    order(now=now, phone=OTHER_PHONE, browser="new")
    order(now=now + timedelta(hours=1, seconds=1), browser="same")


def test_strangers_use_up_no_orders_of_a_phone_that_they_cannot_prove(cast, now, tea):
    tea.stockrecords.update(num_in_stock=100)
    order = partial(place, (tea, 1), commune=cast.commune, now=now)
    for number in range(MAX_ORDERS_OF_ONE["most"] + 1):
        order(phone_is_proven=False, payment_method=PaymentMethod.CARD, browser=f"stranger {number}")
    assert order()


def test_a_whole_carriers_address_orders_more_than_one_buyer_may(client, cast, tea):
    tea.stockrecords.update(num_in_stock=100)
    for number in range(3 * MAX_ORDERS_OF_ONE["most"]):
        visitor = remember_as_proven(Client(), f"09870000{number:02}")
        visitor.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
        confirm(visitor, review(visitor, phone=f"09870000{number:02}"))
    assert Order.objects.count() == 3 * MAX_ORDERS_OF_ONE["most"]


def test_an_address_has_a_limit_that_only_a_machine_reaches(client, basket, tea, monkeypatch):
    monkeypatch.setattr("shop.checkout.views.MAX_ORDERS_OF_ADDRESS", {"most": 1, "seconds": 60})
    press(client, review(client), "place")
    assert "Thử quá nhiều lần" in text(press(client, review(client), "place"))


def test_one_guest_orders_ten_times_an_hour_whatever_phones_are_written(client, tea):
    tea.stockrecords.update(num_in_stock=100)
    for number in range(MAX_ORDERS_OF_ONE["most"] + 1):
        client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
        page = review(client, phone=f"09870000{number:02}")
        answered = press(client, page, "place", payment_method="card")
    assert "Thử quá nhiều lần" in text(answered)
    assert Order.objects.count() == MAX_ORDERS_OF_ONE["most"]
