"""Rows are locked in one order, through one door, as weakly as suffices."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.locks import LOCK_ORDER, LockOrderBroken, lock_row, lock_rows
from core.transactions import in_transaction
from households.models import Household, Mandate


def test_the_order_names_tables_that_exist_and_each_once():
    assert [apps.get_model(label)._meta.label for label in LOCK_ORDER] == list(LOCK_ORDER)
    assert len(set(LOCK_ORDER)) == len(LOCK_ORDER)


@in_transaction
def lock_in_turn(*rows: Household | Mandate) -> None:
    for row in rows:
        lock_row(type(row)._default_manager.all(), pk=row.pk)


def test_a_table_that_comes_before_a_locked_one_is_refused(cast):
    lock_in_turn(cast.household, cast.mandate)
    with pytest.raises(LockOrderBroken, match="Household"):
        lock_in_turn(cast.mandate, cast.household)


def test_rows_of_one_table_are_locked_in_the_order_of_their_keys(cast):
    first, second = sorted([cast.household, cast.other_household], key=lambda household: household.pk)
    lock_in_turn(first, second)
    with pytest.raises(LockOrderBroken):
        lock_in_turn(second, first)


def test_a_row_that_is_held_may_be_locked_again(cast):
    lock_in_turn(cast.household, cast.mandate, cast.household)
    assert lock_in_turn(cast.household, cast.household) is None


def test_two_transactions_one_after_the_other_may_lock_as_they_like(cast):
    lock_in_turn(cast.mandate)
    assert lock_in_turn(cast.household) is None


def test_a_part_goes_on_in_the_order_of_the_whole(cast):
    @in_transaction
    def whole() -> None:
        lock_in_turn(cast.mandate)
        lock_in_turn(cast.household)

    with pytest.raises(LockOrderBroken):
        whole()


def test_many_rows_come_in_the_order_of_their_keys(cast):
    found = lock_rows(Household.objects.order_by("-pk"))
    assert [row.pk for row in found] == sorted(row.pk for row in found)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row locks")
def test_locks_let_rows_that_refer_to_the_locked_one_be_written(cast):
    with CaptureQueriesContext(connection) as asked:
        lock_row(Household.objects.select_related("head"), pk=cast.household.pk)
        lock_rows(Household.objects.all())
    assert all(query["sql"].endswith('FOR NO KEY UPDATE OF "households_household"') for query in asked)
