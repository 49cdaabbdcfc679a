"""A generated history: households of two provinces over a year, what they did, listed and sold, and what was undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from catalog.models import ListingEvent, ListingStatus
from core.periods import VIETNAM
from households.models import Act, Household, Province
from shop.order.models import HouseholdOrder, Line
from tests.factories.households import CommuneFactory, HouseholdFactory, TeamFactory
from tests.factories.orders import make_listing
from tests.reporting.events import act, order, part

FIRST = datetime(2026, 1, 1, tzinfo=VIETNAM)
ENDINGS = (
    (),
    ("accepted",),
    ("accepted", "sent", "delivered"),
    ("accepted", "sent", "returned"),
    ("accepted", "declined"),
    ("declined",),
    ("cancelled",),
)


def write_history(random: Random, *, households: int = 16, orders: int = 24) -> None:
    """Facts of 2026. Some accounts are closed, some opened by a team of elsewhere or by none, some orders shared."""

    def moment() -> datetime:
        return FIRST + timedelta(minutes=random.randrange(365 * 24 * 60))

    provinces = [
        Province.objects.create(
            code=code, name=name, folded=name, slug=name, kind="tinh", region="north", valid_from="2025-07-01"
        )
        for code, name in (("19", "thai-nguyen"), ("24", "bac-ninh"))
    ]
    communes = [CommuneFactory(province=province) for province in provinces for _number in range(2)]
    teams = [TeamFactory(commune=commune) for commune in communes]
    stand = [
        HouseholdFactory(
            commune=random.choice(communes),
            opened_by_team=random.choice([*teams, None]),
            opened_at=FIRST + timedelta(days=random.randrange(200)),
            closed_at=random.choice([None, None, moment()]),
        )
        for _number in range(households)
    ]
    for household in stand:
        for _number in range(random.randrange(4)):
            happened = moment()
            act(household, happened, random.choice(Act.Kind.values), happened + timedelta(days=random.randrange(60)))
        for _number in range(random.randrange(4)):
            _listed(household, random, sorted(moment() for _event in range(random.randrange(1, 4))))
    for _number in range(orders):
        placed = moment()
        bought = order(placed)
        for household in random.sample(stand, random.randrange(1, 4)):
            times = sorted(placed + timedelta(hours=random.randrange(24 * 90)) for _step in range(3))
            steps = {"new": placed, **dict(zip(random.choice(ENDINGS), times, strict=False))}
            _with_lines(part(bought, household, random.randrange(1, 500) * 1_000, **steps), random.randrange(1, 4))


def _listed(household: Household, random: Random, moments: list[datetime]) -> None:
    """A listing that is put on sale, and at each later moment withdrawn or put on sale again."""
    listing = make_listing(household)
    for number, at in enumerate(moments):
        status = random.choice([ListingStatus.PUBLISHED, ListingStatus.WITHDRAWN]) if number else "published"
        ListingEvent.objects.create(product=listing, status=status, at=at)


def _with_lines(row: HouseholdOrder, count: int) -> None:
    for _number in range(count):
        price = row.goods_total // count
        Line.objects.create(
            order=row.order,
            household_order=row,
            partner_name=row.household.name,
            title="Chè",
            sale_unit="kg",
            quantity=1,
            num_allocated=0,
            **{f"line_price_{kind}": price for kind in ("incl_tax", "excl_tax")},
            **{f"line_price_before_discounts_{kind}": price for kind in ("incl_tax", "excl_tax")},
        )
