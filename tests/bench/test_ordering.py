"""The load of orders and edits, once: on PostgreSQL it is where they ended each other's transactions."""

from __future__ import annotations

import pytest

from bench.ordering import ORDERS, run_round
from tests.real_database import own_database


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


@pytest.mark.bench
@pytest.mark.concurrency
def test_every_order_is_placed_while_prices_and_stock_are_edited(db):
    outcome = run_round()
    assert (outcome.orders, outcome.errors) == (ORDERS, {})
    assert outcome.repeated == 0
