"""Buyers order while households change the prices, the stock and the words of what is ordered."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest

from catalog.listing.services import OfferChange, StockChange, publish_revision, set_offer, withdraw_listing
from catalog.models import Product
from core.errors import ChangedMeanwhile
from households.access import Acting
from households.services import close_storefront, edit_household
from shop.order.models import Order
from shop.order.services import answer_household_order, mark_sent
from tests.factories.catalog import listing, proposed
from tests.factories.orders import make_tariff, place, stock_of
from tests.real_database import compete
from tests.sizes import how_many

pytestmark = pytest.mark.concurrency
ORDERS = how_many(small=12, as_found=36)


@pytest.fixture
def own(cast, now) -> Acting:
    make_tariff(now)
    return Acting(cast.head, cast.household)


@pytest.fixture
def goods(own, now) -> list[Product]:
    return [listing(own, now, title=f"Trà số {number}", stock=100) for number in range(2)]


@pytest.fixture
def orders(cast, goods, now) -> list[partial[Order]]:
    wishes = [[(each, 1) for each in goods], [(each, 1) for each in reversed(goods)]]
    order = partial(place, commune=cast.commune, now=now)
    return [partial(order, *wishes[buyer % 2], phone=f"09870000{buyer:02}") for buyer in range(ORDERS)]


def require_nobody_ended(results: list[object], caplog: pytest.LogCaptureFixture) -> None:
    """No error, and no transaction that the database ended, which its second try would hide."""
    assert [result for result in results if isinstance(result, Exception)] == []
    assert [record.getMessage() for record in caplog.records if record.name == "core.transactions"] == []


@pytest.mark.as_found("36 orders while price and stock are edited eight times")
def test_prices_and_stock_change_while_buyers_order(own, goods, orders, now, caplog):
    wishes = [
        {"price": 90_000},
        {"price": 80_000},
        {"stock": StockChange(difference=5)},
        {"stock": StockChange(difference=-2)},
    ]
    changes = [(each, OfferChange(version=0, key=uuid4(), **wish)) for each in goods for wish in wishes]
    edits = [partial(set_offer, acting=own, listing=each, change=change, now=now) for each, change in changes]
    results = compete([*orders, *edits])
    meanwhile = [result for result in results if isinstance(result, ChangedMeanwhile)]
    require_nobody_ended([result for result in results if result not in meanwhile], caplog)
    assert Order.objects.count() == ORDERS
    assert [stock_of(each) for each in goods] == [(100 + 5 - 2, ORDERS)] * 2


@pytest.mark.as_found("36 orders while words and storefront are edited")
def test_words_and_storefront_change_while_buyers_order(cast, own, goods, orders, now, caplog):
    def edit(each: Product) -> None:
        change = proposed(own, each, now, title=f"{each.title} mới")
        assert change
        publish_revision(checker=cast.head, revision=change, now=now)

    rename = partial(edit_household, acting=own, version=own.household.version, name="Trà nhà Hoa", story="", now=now)
    require_nobody_ended(compete([*orders, *[partial(edit, each) for each in goods], rename]), caplog)
    assert Order.objects.count() == ORDERS
    assert {each.title for each in Product.objects.all()} == {"Trà số 0 mới", "Trà số 1 mới"}


@pytest.mark.as_found("32 orders while four are sent and all goes off sale")
def test_orders_are_answered_and_sent_while_others_come_in_and_the_storefront_closes(own, goods, orders, now, caplog):
    parts = [order().household_orders.get() for order in orders[:4]]

    def deliver(part) -> None:
        answer_household_order(household_order=part, acting=own, accept=True, now=now)
        mark_sent(household_order=part, acting=own, now=now)

    closing = [partial(close_storefront, acting=own, now=now)]
    closing += [partial(withdraw_listing, acting=own, listing=each, now=now) for each in goods]
    results = compete([*[partial(deliver, part) for part in parts], *orders[4:], *closing])
    bought = sum(isinstance(result, Order) for result in results)
    refused = [result for result in results if type(result).__name__ == "LinesRefused"]
    require_nobody_ended([result for result in results if result not in refused], caplog)
    assert bought + len(refused) == ORDERS - len(parts)
    assert [stock_of(each) for each in goods] == [(100 - len(parts), bought)] * 2
