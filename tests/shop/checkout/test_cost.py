"""What ordering costs: sellers add no query, and the index is told only what it shows."""

from __future__ import annotations

import re
from copy import copy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.proven_phones import PhoneProof
from households.models import Household
from search.models import IndexChange
from shop.order.models import HouseholdOrder, Order
from shop.order.services import cancel_household_order
from shop.order.taking_back import take_back_cancellation
from tests.factories.orders import make_listing, make_tariff, place

MAX_QUERIES_OF_A_CHECKOUT = 63
"""From the first page of the checkout to the order's own, messages included."""


@pytest.fixture
def sellers(cast, now) -> list[Household]:
    """Ten open storefronts."""
    make_tariff(now)
    made = []
    for number in range(10):
        household = copy(cast.household)
        household.pk, household.head, household.key = None, None, None
        household.code, household.phone = f"HB{number:04}", f"+8491300{number:04}"
        household.save()
        made.append(household)
    return made


def check_out(goods, execute_after_commit, monkeypatch) -> int:
    """Orders one of each through the pages; how many queries it took."""
    monkeypatch.setattr(PhoneProof, "is_given", True)
    client = Client()
    for listing in goods:
        client.post(f"/gio-hang/them/{listing.pk}/", {"quantity": "1"})
    typed = {"phone": "0987 654 321", "name": "Đỗ Thị Mua", "commune": "tan cuong, thai nguyen", "address": "Số 5"}
    with CaptureQueriesContext(connection) as queries, execute_after_commit(execute=True):
        client.get("/dat-hang/")
        page = client.post("/dat-hang/", typed | {"step": "details"}).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
        chosen = hidden | {"step": "place", "payment_method": "cash_on_delivery"}
        client.post("/dat-hang/", chosen, follow=True)
    return len(queries)


def test_nine_sellers_more_cost_no_query_more(sellers, django_capture_on_commit_callbacks, monkeypatch):
    goods = [make_listing(seller, f"Chè {seller.code}") for seller in sellers]
    check_out(goods[:1], django_capture_on_commit_callbacks, monkeypatch)  # place names are read once
    one = check_out(goods[:1], django_capture_on_commit_callbacks, monkeypatch)
    ten = check_out(goods, django_capture_on_commit_callbacks, monkeypatch)
    assert Order.objects.latest("pk").household_orders.count() == 10
    assert one == ten <= MAX_QUERIES_OF_A_CHECKOUT


def test_the_index_is_told_when_a_listing_is_sold_out_and_when_it_is_not_any_more(cast, now, tea, honey):
    def told() -> list[int]:
        changes = list(IndexChange.objects.order_by("pk").values_list("product_id", flat=True))
        IndexChange.objects.all().delete()
        return changes

    told()
    first = place((tea, 9), (honey, 1), commune=cast.commune, now=now)
    assert told() == []
    last = place((tea, 1), (honey, 1), commune=cast.commune, now=now)
    assert told() == [tea.pk]
    nine, one = (HouseholdOrder.objects.get(order=order, household=cast.household) for order in (first, last))
    cancel_household_order(household_order=one, now=now)
    assert told() == [tea.pk]
    cancel_household_order(household_order=nine, now=now)
    take_back_cancellation(household_order=nine, now=now)
    assert told() == []
    take_back_cancellation(household_order=one, now=now)
    assert told() == [tea.pk]
