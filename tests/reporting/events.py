"""Facts for the tests of figures, written as the services write them."""

from __future__ import annotations

import itertools
import uuid
from datetime import datetime

from households.models import Act, Household
from households.services import record_act
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Order

_numbers = itertools.count(1)
State = HouseholdOrderState


def act(household: Household, at: datetime, kind: str = Act.Kind.SEARCH, known: datetime | None = None) -> Act:
    return record_act(
        household=household, kind=Act.Kind(kind), happened_at=at, key=f"act-{next(_numbers)}", now=known or at
    )


def order(at: datetime) -> Order:
    number = next(_numbers)
    return Order.objects.create(
        number=f"2210{number:06}",
        placement_key=uuid.uuid4(),
        buyer_phone="+84912000010",
        currency="VND",
        total_incl_tax=1,
        total_excl_tax=1,
        date_placed=at,
    )


def part(order: Order, household: Household, goods: int, **steps: datetime) -> HouseholdOrder:
    """A household's part of an order; ``steps`` are the states it entered and when."""
    state = State(list(steps)[-1])
    row = HouseholdOrder.objects.create(
        order=order,
        household=household,
        number=f"{order.number}-{household.pk}",
        state=state,
        goods_total=goods,
        shipping_charge=20_000,
        weight_g=500,
        placed_at=order.date_placed,
        **_shop_fields(),
    )
    for name, at in steps.items():
        HouseholdOrderEvent.objects.create(household_order=row, state=State(name), at=at)
    return row


def _shop_fields() -> dict[str, int]:
    names = {field.name for field in HouseholdOrder._meta.get_fields()}
    return {"transit_days": 2} if "transit_days" in names else {}
