"""Whom the pages of orders are for: whoever has the link, the household, its team."""

from __future__ import annotations

from typing import Any

from shop.order.links import signature
from shop.order.models import HouseholdOrder
from tests.doors import HOUSEHOLD_OR_TEAM, LINK, PUBLIC, SIGNED_IN, Door
from tests.sent import Sent

STEP = {"step": "accept"}


def ordered(cast: Any) -> HouseholdOrder:
    """A part that waits for the cast's own household."""
    from django.utils import timezone

    from tests.factories.orders import make_listing, make_tariff, place

    now = timezone.now()
    make_tariff(now)
    return place((make_listing(cast.household), 1), commune=cast.commune, now=now).household_orders.get()


def link(cast: Any) -> dict[str, str]:
    from django.utils import timezone

    number = ordered(cast).order.number
    return {"number": number, "signature": signature(number, timezone.now())}


def part_link(cast: Any) -> dict[str, str]:
    known = link(cast)
    return {**known, "part_number": f"{known['number']}-1"}


def part_number(cast: Any) -> dict[str, str]:
    return {"number": ordered(cast).number}


DOORS = {
    "orders:find": Door(PUBLIC),
    "orders:mine": Door(SIGNED_IN),
    "orders:detail": Door(LINK, kwargs=link),
    "orders:cancel": Door(LINK, kwargs=part_link, method="post"),
    "orders:problem": Door(LINK, kwargs=part_link),
    "orders:take_back": Door(LINK, kwargs=part_link, method="post"),
    "household_orders:list": Door(SIGNED_IN),
    "household_orders:detail": Door(HOUSEHOLD_OR_TEAM, kwargs=part_number),
    "household_orders:slip": Door(HOUSEHOLD_OR_TEAM, kwargs=part_number),
    "household_orders:answer": Door(HOUSEHOLD_OR_TEAM, kwargs=part_number, method="post", data=STEP),
}

SENT = {
    "number": Sent(
        "an order of the buyer's",
        of=lambda cast: ordered(cast).order.number,
        routes=("orders:find",),
        typed=lambda cast: {"phone": "0912 000 010"},
    ),
}
