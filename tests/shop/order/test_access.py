"""Whose orders a person sees: at both sides of every boundary of the rights behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shop.order.access import household_orders_for, orders_of_buyer
from shop.order.models import HouseholdOrder
from tests.factories.orders import place
from tests.households.rights import AT, BOUNDARIES, LOSSES, MICROSECOND

ORDERS = "act:orders"
PEOPLE = ("head", "volunteer", "leader", "commune_officer", "province_officer", "other_volunteer", "operator", "buyer")
SEEN_BY = ("head", "volunteer", "leader")


@pytest.fixture
def part(cast, tea, now) -> HouseholdOrder:
    return place((tea, 1), commune=cast.commune, now=now).household_orders.get()


def who_sees(part: HouseholdOrder, cast, at) -> set[str]:
    return {who for who in PEOPLE if part in household_orders_for(getattr(cast, who), at)}


def losers(people: dict[str, set[str]]) -> set[str]:
    return {who for who, rights in people.items() if ORDERS in rights}


def test_the_household_and_its_team_see_its_orders_and_nobody_else_does(cast, part, now):
    assert who_sees(part, cast, now) == set(SEEN_BY)


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=str)
def test_orders_are_seen_up_to_the_boundary_of_the_right(cast, part, boundary):
    boundary.move(cast, AT)
    without = set(SEEN_BY) - losers(boundary.people)
    before, after = who_sees(part, cast, AT - MICROSECOND), who_sees(part, cast, AT)
    assert (before, after) == ((without, set(SEEN_BY)) if boundary.begins else (set(SEEN_BY), without))


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_orders_go_with_the_right_to_answer_them(cast, part, now, loss):
    loss.change(cast)
    assert who_sees(part, cast, now) == set(SEEN_BY) - losers(loss.people)


def test_the_orders_of_another_village_are_not_the_teams(cast, part, tea, now):
    """The household has moved within its commune; the mandate still stands."""
    cast.household.village_name = "Xóm Guộc"
    cast.household.save()
    assert who_sees(part, cast, now) == {"head"}
    cast.household.village_name = cast.team.village_name
    cast.household.save()
    assert who_sees(part, cast, now) == set(SEEN_BY)


def test_what_waits_for_a_payment_is_nobodys_yet(cast, tea, now):
    part = place((tea, 1), commune=cast.commune, now=now, payment_method="card").household_orders.get()
    assert who_sees(part, cast, now) == set()


def test_a_buyer_sees_own_orders_and_those_of_the_own_phone(cast, tea, now):
    own = place((tea, 1), commune=cast.commune, now=now, buyer=cast.buyer)
    as_guest = place((tea, 1), commune=cast.commune, now=now + timedelta(minutes=1), phone=cast.buyer.phone)
    place((tea, 1), commune=cast.commune, now=now)
    assert set(orders_of_buyer(cast.buyer)) == {own, as_guest}
