"""36 orders of the same listings while their prices and stock are edited: what became of each, and how long it took.

    DATABASE_URL=postgres://… python -m bench.ordering --rounds 5

Makes a test database on the server that DATABASE_URL names and drops it again. Exits with 1 when an order or an edit
ended in an error of the database, which a buyer would see as a page of ours that failed.
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import django

from core.temporary import temporary_folder

ORDERS, LISTINGS, EDITS_OF_A_LISTING = 36, 4, 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """``errors`` by the kind of act; ``repeated`` are transactions that ran again; times of an order are seconds."""

    orders: int
    errors: dict[str, int]
    repeated: int
    middle: float
    longest: float

    def __str__(self) -> str:
        said = f"{self.orders} of {ORDERS} ordered, errors: {self.errors or 'none'}, repeated: {self.repeated}"
        return f"{said}; an order took {self.middle:.1f} s (middle), {self.longest:.1f} s (longest)"


class _Repeated(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def run_round() -> Outcome:
    """One round on the database that is open, which holds nothing yet."""
    from django.utils import timezone

    from catalog.listing.services import OfferChange, StockChange, set_offer
    from households.access import Acting
    from shop.order.models import Order
    from tests.cast import assemble
    from tests.factories.catalog import listing
    from tests.factories.orders import make_tariff, place
    from tests.real_database import compete

    now = timezone.now()
    cast = assemble(now)
    make_tariff(now)
    own = Acting(cast.head, cast.household)
    goods = [listing(own, now, title=f"Trà số {number}", stock=1_000) for number in range(LISTINGS)]

    def order(number: int) -> None:
        wanted = goods if number % 2 else list(reversed(goods))
        place(*[(each, 1) for each in wanted], commune=cast.commune, now=now, phone=f"09870000{number:02}")

    def edit(number: int) -> None:
        change = OfferChange(version=0, key=uuid4(), stock=StockChange(difference=1 + number % 3))
        if number % 2:
            change = OfferChange(version=number // 2, key=uuid4(), price=90_000 + number)
        set_offer(acting=own, listing=goods[number % LISTINGS], change=change, now=now)

    repeated = _Repeated()
    logging.getLogger("core.transactions").addHandler(repeated)
    try:
        jobs = [_timed("order", order, number) for number in range(ORDERS)]
        jobs += [_timed("edit", edit, number) for number in range(LISTINGS * EDITS_OF_A_LISTING)]
        done: list[tuple[str, float, bool]] = compete(jobs)
    finally:
        logging.getLogger("core.transactions").removeHandler(repeated)
    errors = {kind: sum(failed for name, _s, failed in done if name == kind) for kind in ("order", "edit")}
    times = [seconds for name, seconds, _failed in done if name == "order"]
    return Outcome(
        Order.objects.count(),
        {kind: count for kind, count in errors.items() if count},
        repeated.count,
        statistics.median(times),
        max(times),
    )


def _timed(kind: str, act: Callable[[int], Any], number: int) -> Callable[[], tuple[str, float, bool]]:
    """Whether the database refused it; that somebody else changed the price first is an answer and no error."""

    def job() -> tuple[str, float, bool]:
        from django.db import DatabaseError

        from core.errors import ChangedMeanwhile

        began, failed = time.perf_counter(), False
        try:
            act(number)
        except ChangedMeanwhile:
            pass
        except DatabaseError as error:
            print(f"{kind} {number}: {str(error).splitlines()[0]}", file=sys.stderr)
            failed = True
        return kind, time.perf_counter() - began, failed

    return job


def main() -> int:
    arguments = argparse.ArgumentParser(description="Orders while prices and stock are edited.")
    arguments.add_argument("--rounds", type=int, default=3)
    asked = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from tests.real_database import own_database

    made = setup_databases(verbosity=0, interactive=False)
    failed = False
    try:
        print(f"{connection.vendor}, {os.cpu_count()} cores")
        for _round in range(asked.rounds):
            with temporary_folder("bench-ordering-") as folder, own_database(folder):
                outcome = run_round()
            print(outcome)
            failed = failed or bool(outcome.errors)
    finally:
        teardown_databases(made, verbosity=0)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
