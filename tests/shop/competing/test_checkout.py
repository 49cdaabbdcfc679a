"""The whole checkout, over HTTP, by many buyers at the same moment."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from households.places.index import forget_places
from shop.order.models import Order
from tests.factories.orders import make_listing, make_tariff, stock_of
from tests.proven_phones import remember_as_proven
from tests.real_database import compete

pytestmark = pytest.mark.concurrency
RECIPIENT = {"name": "Người mua", "commune": "05503", "address": ""}


@pytest.fixture
def tea(cast):
    forget_places()
    make_tariff(timezone.now())
    return make_listing(cast.household, stock=3)


def reviewed(tea, number: int) -> tuple[Client, dict[str, str]]:
    """A visitor who has filled the basket, has proven the phone and looks at the total."""
    client = remember_as_proven(Client(REMOTE_ADDR=f"10.0.0.{number}"), f"09870000{number:02}")
    client.post(f"/gio-hang/them/{tea.pk}/", {"quantity": "1"})
    page = client.post("/dat-hang/", {**RECIPIENT, "phone": f"09870000{number:02}", "step": "details"})
    fields = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.content.decode())
    data = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    return client, {**data, "step": "place", "payment_method": "cash_on_delivery"}


def place(client: Client, data: dict[str, str]) -> str:
    response = client.post("/dat-hang/", data)
    return "ordered" if response.status_code == 302 else "told" if "đã hết hàng" in response.content.decode() else "?"


def test_ten_checkouts_of_the_last_three(tea):
    visitors = [reviewed(tea, number) for number in range(10)]
    answers = compete([partial(place, client, data) for client, data in visitors])
    assert Counter(map(str, answers)) == {"ordered": 3, "told": 7}
    assert stock_of(tea) == (3, 3)


def test_one_visitor_clicks_six_times(tea):
    client, data = reviewed(tea, 1)
    answers = compete([partial(place, _same_visitor(client), data) for _click in range(6)])
    assert Counter(map(str, answers)) == {"ordered": 6}
    assert (Order.objects.count(), stock_of(tea)) == (1, (3, 1))


def _same_visitor(client: Client) -> Client:
    twin = Client(REMOTE_ADDR="10.0.0.1")
    twin.cookies = client.cookies.copy()
    return twin
