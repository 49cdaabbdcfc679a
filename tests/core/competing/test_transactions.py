"""Transactions that the database ends for the sake of another run again, whole and only a few times."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection, transaction

from core import transactions
from core.transactions import MAX_TRIES, in_transaction
from tests.real_database import compete

pytestmark = pytest.mark.concurrency


class Refused(Exception):
    pass


class Locked(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_BUSY


@pytest.fixture(autouse=True)
def hurry(monkeypatch) -> None:
    monkeypatch.setattr(transactions, "PAUSE_SECONDS", 0)


def failing(times: int, cause: Exception) -> tuple[Callable[[], str], list[int]]:
    """A service that writes a group and then fails ``times`` times, as the database makes it fail."""
    tries: list[int] = []

    @in_transaction
    def service() -> str:
        tries.append(len(tries))
        Group.objects.create(name=f"try {len(tries)}")
        if len(tries) <= times:
            raise OperationalError from cause
        return "done"

    return service, tries


def names() -> list[str]:
    return list(Group.objects.filter(name__startswith="try").values_list("name", flat=True))


def test_a_service_that_is_asked_to_runs_again_as_a_whole(db, caplog):
    service, tries = failing(2, Locked())
    assert service() == "done"
    assert (len(tries), names()) == (3, ["try 3"])
    assert [record.levelname for record in caplog.records if record.name == "core.transactions"] == ["WARNING"] * 2


def test_it_gives_up_after_a_few_tries(db):
    service, tries = failing(99, Locked())
    with pytest.raises(OperationalError):
        service()
    assert (len(tries), names()) == (MAX_TRIES, [])


def test_no_try_begins_when_somebody_has_waited_long_enough(db, monkeypatch):
    clock = iter([0, transactions.MAX_SECONDS + 1])
    monkeypatch.setattr(transactions, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    service, tries = failing(99, Locked())
    with pytest.raises(OperationalError):
        service()
    assert len(tries) == 1


@pytest.mark.parametrize("cause", [sqlite3.OperationalError("no such table: x"), ValueError()])
def test_other_errors_are_raised_at_once(db, cause):
    service, tries = failing(1, cause)
    with pytest.raises(OperationalError):
        service()
    assert len(tries) == 1


def test_inside_a_transaction_the_whole_is_repeated_and_not_a_part(db):
    part, tries = failing(1, Locked())
    wholes: list[int] = []

    @in_transaction
    def whole() -> str:
        wholes.append(1)
        Group.objects.create(name=f"whole {len(wholes)}")
        return part()

    assert whole() == "done"
    assert (len(wholes), len(tries)) == (2, 2)
    assert list(Group.objects.filter(name__startswith="whole").values_list("name", flat=True)) == ["whole 2"]

    alone, tries = failing(1, Locked())
    with pytest.raises(OperationalError), transaction.atomic():
        alone()
    assert len(tries) == 1


def test_what_waits_for_the_commit_happens_once(db):
    told: list[str] = []
    service, _tries = failing(2, Locked())

    @in_transaction
    def tell() -> None:
        transaction.on_commit(lambda: told.append("told"))
        service()

    tell()
    assert told == ["told"]


def test_a_real_locked_file_of_sqlite_asks_for_another_try(tmp_path):
    first, second = (sqlite3.connect(tmp_path / "locked.sqlite3", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked") as locked:
        second.execute("BEGIN IMMEDIATE")
    error = OperationalError()
    error.__cause__ = locked.value
    assert transactions.is_busy(error)
    first.close()
    second.close()


def test_two_that_wait_for_each_other_both_come_to_an_end(db, caplog, monkeypatch):
    """On PostgreSQL one of them is ended and runs again. On SQLite the second waits before it begins."""
    Group.objects.bulk_create([Group(name="a"), Group(name="b")])
    both_hold_one, one_has_ended = threading.Barrier(2), threading.Event()
    pause = SimpleNamespace(monotonic=lambda: 0, sleep=lambda _seconds: one_has_ended.wait(timeout=120))
    monkeypatch.setattr(transactions, "time", pause)

    @in_transaction
    def rename(first: str, second: str, tries: list[int]) -> None:
        tries.append(1)
        Group.objects.filter(name__startswith=first).update(name=f"{first}{second}")
        if connection.vendor == "postgresql" and len(tries) == 1:
            both_hold_one.wait(timeout=120)
        Group.objects.filter(name__startswith=second).update(name=f"{second}{first}")

    def rename_and_tell(first: str, second: str) -> None:
        rename(first, second, [])
        one_has_ended.set()

    assert compete([partial(rename_and_tell, "a", "b"), partial(rename_and_tell, "b", "a")]) == [None, None]
    again = [record for record in caplog.records if record.name == "core.transactions"]
    assert len(again) == (1 if connection.vendor == "postgresql" else 0)
    assert {record.levelno for record in again} <= {logging.WARNING}
