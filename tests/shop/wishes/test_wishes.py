"""Keeping goods for later, and being told once that what was sold out is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog.offer.models import StockRecord
from messaging.models import OutgoingMessage
from shop.wishes import services
from shop.wishes.models import StockAlert
from shop.wishes.services import NoRoom
from tests.sign_in import sign_in


def stock(listing, amount: int) -> None:
    StockRecord.objects.filter(product=listing).update(num_in_stock=amount, num_allocated=0)


def told(phone: str) -> list[str]:
    return list(
        OutgoingMessage.objects.filter(phone=phone, key__startswith="stock-alert").values_list("text", flat=True)
    )


def test_whoever_waits_is_told_once_when_it_is_back(client, cast, tea, now):
    stock(tea, 0)
    sign_in(client, cast.buyer)
    address = tea.get_absolute_url()
    assert reverse("wishes:tell", args=[tea.pk]) in client.get(address).content.decode()
    assert StockAlert.objects.count() == 0, "a link alone asks for nothing"
    client.get(reverse("wishes:tell", args=[tea.pk]))
    assert StockAlert.objects.count() == 0
    for _press in range(2):
        client.post(reverse("wishes:tell", args=[tea.pk]))
    assert StockAlert.objects.get().user == cast.buyer
    assert list(services.due_alerts()) == []
    stock(tea, 3)
    [alert] = services.due_alerts()
    for _turn in range(2):
        services.tell(alert=alert, now=now + timedelta(hours=1))
    [text] = told(cast.buyer.phone)
    assert tea.title in text
    assert address in text
    assert list(services.due_alerts()) == []


def test_what_is_all_set_aside_for_others_is_not_back(cast, tea, now):
    services.ask_to_be_told(user=cast.buyer, product=tea, now=now)
    StockRecord.objects.filter(product=tea).update(num_in_stock=3, num_allocated=3)
    assert list(services.due_alerts()) == []


def test_a_page_of_goods_in_stock_offers_no_alert(client, tea):
    assert reverse("wishes:tell", args=[tea.pk]) not in client.get(tea.get_absolute_url()).content.decode()


def test_the_list_is_ones_own_and_keeps_each_thing_once(client, cast, tea, honey, django_assert_max_num_queries):
    sign_in(client, cast.buyer)
    for listing in (tea, honey, tea):
        client.post(reverse("wishes:keep", args=[listing.pk]))
    with django_assert_max_num_queries(10):
        shown = client.get(reverse("wishes:list"))
    assert [card.title for card in shown.context["cards"]] == [honey.title, tea.title]
    client.post(reverse("wishes:take_off", args=[honey.pk]))
    sign_in(client, cast.stranger)
    client.post(reverse("wishes:take_off", args=[tea.pk]))
    assert client.get(reverse("wishes:list")).context["cards"] == []
    assert services.wishes_of(cast.buyer).count() == 1


def test_room_ends(cast, tea, honey, monkeypatch, now):
    monkeypatch.setattr(services, "MAX_WISHES", 1)
    monkeypatch.setattr(services, "MAX_ALERTS", 1)
    services.keep_for_later(user=cast.buyer, product=tea)
    services.ask_to_be_told(user=cast.buyer, product=tea, now=now)
    with pytest.raises(NoRoom):
        services.keep_for_later(user=cast.buyer, product=honey)
    with pytest.raises(NoRoom):
        services.ask_to_be_told(user=cast.buyer, product=honey, now=now)
