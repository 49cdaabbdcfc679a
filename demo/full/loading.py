"""The whole load, in stages that may be interrupted and repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import connection

from core.errors import DomainError
from demo.full.orders import write_orders
from demo.full.plan import communes, make_plan
from demo.full.staff import write_staff
from demo.full.teams import FIRST_CODE, is_there, write_team
from demo.full.totals import Totals
from households.codes import code_number
from households.models import Household
from shop.order.models import Order

Report = Callable[[str], object]
EVERY = 100


class NotItsOwnDatabase(DomainError):
    """Figures of the year would mix with other households."""

    code = "not_its_own_database"


def refuse_other_households(totals: Totals) -> None:
    """The full demo wants a database of its own. Raises NotItsOwnDatabase."""
    first, last = code_number(FIRST_CODE), code_number(FIRST_CODE + totals.households)
    if Household.objects.exclude(code__gte=first, code__lte=last).exists():
        raise NotItsOwnDatabase(
            "This database holds other households, and its figures would no longer be those reported for Đồng Nai. "
            "Use “make demo-full”, which loads into var/dong-nai, or set VAR_DIR or DATABASE_URL to an empty place."
        )


def load_full(*, totals: Totals, report: Report, now: datetime) -> None:
    """Teams with their households, then orders, then staff; what is there already is left alone."""
    refuse_other_households(totals)
    places = communes()
    plans = make_plan(totals, places)
    for done, plan in enumerate(plans, 1):
        if not is_there(plan):
            write_team(plan, now)
        if done % EVERY == 0 or done == len(plans):
            report(f"teams {done}/{len(plans)}, households {plan.first + plan.households}/{totals.households}")
    report(f"orders placed now: {write_orders(totals.transactions)}, in all: {Order.objects.count()}")
    write_staff(places[0], now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
