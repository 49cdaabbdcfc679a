"""Many buyers at the same moment, on real connections: nothing is sold twice, nothing is ordered twice, nobody gets
"database is locked".
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest
from oscar.apps.basket.models import Basket

from households.access import Acting
from shop.order.models import HouseholdOrder, Order
from shop.order.services import StepNotAllowed, answer_household_order, cancel_household_order
from shop.order.stock import LinesRefused
from tests.cast import Cast
from tests.factories.orders import make_listing, make_tariff, place, stock_of
from tests.real_database import compete

pytestmark = pytest.mark.concurrency


@pytest.fixture
def market(cast, now) -> Cast:
    make_tariff(now)
    return cast


@pytest.fixture
def order(market, now):
    return partial(place, commune=market.commune, now=now)


def kinds(results: list[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def test_twenty_buyers_of_the_last_seven_get_exactly_seven(market, order):
    tea = make_listing(market.household, stock=7)
    results = compete([partial(order, (tea, 1)) for _buyer in range(20)])
    assert kinds(results) == {"Order": 7, "LinesRefused": 13}
    assert (stock_of(tea), Order.objects.count()) == ((7, 7), 7)


def test_no_quantity_is_promised_beyond_the_stock(market, order):
    tea = make_listing(market.household, stock=10)
    results = compete([partial(order, (tea, 1 + buyer % 3)) for buyer in range(16)])
    sold = sum(result.lines.get().quantity for result in results if isinstance(result, Order))
    assert set(kinds(results)) == {"Order", "LinesRefused"}
    assert stock_of(tea) == (10, sold)
    assert sold >= 8


def test_orders_of_one_phone_at_the_same_moment_stay_within_the_cash_limit(market, order, settings):
    settings.CASH_LIMIT_QUANTITY = 3
    teas = [make_listing(market.household, f"Trà {number}", stock=5) for number in range(8)]
    results = compete([partial(order, (tea, 1)) for tea in teas])
    assert kinds(results) == {"Order": 3, "CashLimitExceeded": 5}
    assert sum(stock_of(tea)[1] for tea in teas) == 3


def test_baskets_in_opposite_order_do_not_lock_each_other_out(market, order):
    tea = make_listing(market.household, stock=8)
    honey = make_listing(market.other_household, "Mật ong vải", stock=6)
    wishes = [((tea, 1), (honey, 1)), ((honey, 1), (tea, 1))]
    results = compete([partial(order, *wishes[buyer % 2]) for buyer in range(16)])
    assert kinds(results) == {"Order": 6, "LinesRefused": 10}
    assert (stock_of(tea), stock_of(honey)) == ((8, 6), (6, 6))


def test_the_same_order_sent_eight_times_is_one_order(market, order):
    tea = make_listing(market.household, stock=3)
    results = compete([partial(order, (tea, 3), key=key) for key in [uuid4()] * 8])
    assert {result.pk for result in results} == {Order.objects.get().pk}
    assert stock_of(tea) == (3, 3)


def test_one_basket_ordered_from_six_tabs_is_one_order(market, order):
    tea = make_listing(market.household, stock=9)
    basket = Basket.objects.create()
    results = compete([partial(order, (tea, 1), basket=basket) for _tab in range(6)])
    assert {result.pk for result in results} == {Order.objects.get().pk}
    assert stock_of(tea) == (9, 1)


def test_the_household_accepts_while_the_buyer_cancels_and_one_of_them_wins(market, order, now):
    tea = make_listing(market.household, stock=4)
    part = order((tea, 4)).household_orders.get()
    acting = Acting(market.head, market.household)
    accept = partial(answer_household_order, household_order=part, acting=acting, accept=True, now=now)
    results = compete([accept, partial(cancel_household_order, household_order=part, now=now)])
    part.refresh_from_db()
    assert sorted(kinds(results)) == ["HouseholdOrder", "StepNotAllowed"]
    assert (part.state, stock_of(tea)[1]) in [("accepted", 4), ("cancelled", 0)]


def test_stock_given_back_while_others_buy_is_neither_lost_nor_doubled(market, order, now):
    tea = make_listing(market.household, stock=6)
    parts = [order((tea, 2)).household_orders.get() for _order in range(3)]
    cancels = [partial(cancel_household_order, household_order=part, now=now) for part in parts]
    results = compete([*cancels, *[partial(order, (tea, 1)) for _buyer in range(9)]])
    assert not [
        result for result in results if not isinstance(result, HouseholdOrder | Order | LinesRefused | StepNotAllowed)
    ]
    bought = sum(isinstance(result, Order) for result in results)
    assert stock_of(tea) == (6, bought)
