"""Links in messages end, say how to go on, and outlive a change of the key that signed them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from messaging.models import OutgoingMessage
from shop.order.links import LINK_DAYS, order_url, signature
from tests.doors import declared, routes
from tests.factories.orders import make_listing, make_tariff, place

LINKED = sorted(name for name, pattern in routes() if ":signature>" in pattern)
LAST_DAY = timedelta(days=LINK_DAYS)


@pytest.fixture
def order(cast, now, time_machine):
    time_machine.move_to(now, tick=False)
    make_tariff(now)
    return place((make_listing(cast.household), 1), commune=cast.commune, now=now)


def test_link_opens_the_order_to_its_last_day_and_then_tells_how_to_go_on(client, order, now, time_machine):
    link = order_url(order, now=now)
    time_machine.move_to(now + LAST_DAY, tick=False)
    assert client.get(link).status_code == 200
    time_machine.move_to(now + LAST_DAY + timedelta(days=1), tick=False)
    ended = client.get(link)
    assert ended.status_code == 410
    page = ended.content.decode()
    assert "Liên kết này đã hết hạn" in page
    assert order.buyer_phone[-4:] not in page
    assert f'value="{order.number}"' in page
    found = client.post("/don-hang/", {"number": order.number, "phone": order.buyer_phone})
    assert found.url == order_url(order, now=now + LAST_DAY + timedelta(days=1))
    assert client.get(found.url).status_code == 200


@pytest.mark.parametrize("name", LINKED)
def test_no_page_of_an_ended_link_opens(cast, order, now, time_machine, name):
    door = declared()[name]
    kwargs = {"number": order.number, "signature": signature(order.number, now)}
    if "part_number" in dict(routes())[name]:
        kwargs["part_number"] = f"{order.number}-1"
    if "line_pk" in dict(routes())[name]:
        kwargs["line_pk"] = order.lines.get().pk
    time_machine.move_to(now + LAST_DAY + timedelta(days=1), tick=False)
    answer = getattr(Client(), door.method)(reverse(name, kwargs=kwargs))
    assert answer.status_code == 410
    assert "no-store" in answer["Cache-Control"]


def test_day_of_a_link_cannot_be_changed(client, order, now, time_machine):
    later = now + LAST_DAY + timedelta(days=9)
    old, new = signature(order.number, now), signature(order.number, later)
    time_machine.move_to(later, tick=False)
    assert client.get(f"/don-hang/{order.number}/{old[:22]}{new[22:]}/").status_code == 404
    assert client.get(f"/don-hang/{order.number}/{old[:22]}/").status_code == 404


def test_link_outlives_a_change_of_the_key(client, order, now, settings):
    link = order_url(order, now=now)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert order_url(order, now=now) != link, "the old key signs nothing new"
    assert client.get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404


def test_message_holds_a_link_of_its_day(client, order, now, time_machine):
    text = OutgoingMessage.objects.get(key=f"order-placed:{order.number}").text
    [path] = re.findall(r"https?://[^/]+(/don-hang/\S+)", text)
    assert client.get(path).status_code == 200
    time_machine.move_to(now + LAST_DAY + timedelta(days=1), tick=False)
    assert client.get(path).status_code == 410
