"""Placing an order: split per household, frozen amounts, stock taken once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from oscar.apps.basket.models import Basket

from accounts.phones import BadPhone
from core.models import AuditEntry
from households.models import Act
from messaging.models import OutgoingMessage
from shop.checkout.placement import NameMissing, TotalChanged
from shop.order.models import HouseholdOrderState, Order
from shop.order.stock import LinesRefused, NothingToOrder
from shop.payment.models import Payment
from shop.shipping.selectors import NoTariff
from tests.factories.orders import make_listing, place, stock_of


def test_an_order_splits_into_one_part_per_household(cast, now, tea, honey):
    order = place((tea, 2), (honey, 1), commune=cast.commune, now=now)
    parts = {part.household: part for part in order.household_orders.all()}
    assert set(parts) == {cast.household, cast.other_household}
    own, far = parts[cast.household], parts[cast.other_household]
    assert (own.number, far.number) == (f"{order.number}-1", f"{order.number}-2")
    assert (own.goods_total, far.goods_total) == (240_000, 200_000)
    assert (own.weight_g, far.weight_g) == (2200, 900)
    assert [line.title for line in own.lines.all()] == ["Trà nõn tôm"]
    assert all(part.state == HouseholdOrderState.NEW and part.events.count() == 1 for part in parts.values())


def test_shipping_is_charged_per_parcel_by_zone_and_weight(cast, now, tea, honey):
    order = place((tea, 2), (honey, 1), commune=cast.commune, now=now)
    charges = dict(order.household_orders.values_list("household__name", "shipping_charge"))
    assert charges == {cast.household.name: 31_000, cast.other_household.name: 26_000}
    assert order.total_incl_tax == 240_000 + 200_000 + 31_000 + 26_000
    assert Payment.objects.get(order=order).amount == order.total_incl_tax


def test_amounts_stay_as_they_were_when_the_price_changes_later(cast, now, tea):
    order = place((tea, 2), commune=cast.commune, now=now)
    tea.stockrecords.update(price=999_000)
    line = Order.objects.get(pk=order.pk).lines.get()
    assert (line.unit_price_incl_tax, line.line_price_incl_tax) == (120_000, 240_000)


def test_stock_is_kept_for_the_order(cast, now, tea):
    place((tea, 3), commune=cast.commune, now=now)
    assert stock_of(tea) == (10, 3)


def test_the_same_key_places_one_order(cast, now, tea):
    key = uuid4()
    first = place((tea, 3), commune=cast.commune, now=now, key=key)
    again = place((tea, 3), commune=cast.commune, now=now, key=key)
    assert (again.pk, Order.objects.count(), stock_of(tea)) == (first.pk, 1, (10, 3))


def test_the_same_key_gives_the_order_back_when_its_goods_are_gone(cast, now, tea):
    key = uuid4()
    first = place((tea, 10), commune=cast.commune, now=now, key=key)
    assert place((tea, 10), commune=cast.commune, now=now, key=key).pk == first.pk


def test_one_basket_is_ordered_once_even_from_two_tabs(cast, now, tea):
    basket = Basket.objects.create()
    first = place((tea, 1), commune=cast.commune, now=now, basket=basket)
    second = place((tea, 1), commune=cast.commune, now=now, basket=basket)
    basket.refresh_from_db()
    assert (second.pk, basket.status, stock_of(tea)) == (first.pk, Basket.SUBMITTED, (10, 1))


def test_more_than_there_is_takes_nothing_and_says_what_is_left(cast, now, tea, honey):
    with pytest.raises(LinesRefused) as refusal:
        place((tea, 2), (honey, 6), commune=cast.commune, now=now)
    (problem,) = refusal.value.problems
    assert (problem.product_id, problem.available) == (honey.pk, 5)
    assert (stock_of(tea), stock_of(honey), Order.objects.count()) == ((10, 0), (5, 0), 0)


@pytest.mark.parametrize(
    "change", [{"status": "taken_down", "is_public": False}, {"status": "draft", "is_public": False}]
)
def test_a_listing_off_sale_cannot_be_ordered(cast, now, tea, change):
    type(tea).objects.filter(pk=tea.pk).update(**change)
    with pytest.raises(LinesRefused):
        place((tea, 1), commune=cast.commune, now=now)


@pytest.mark.parametrize("change", [{"is_selling": False}, {"opened_at": None}, {"closed_at": "2026-01-01T00:00:00Z"}])
def test_a_household_whose_storefront_is_not_public_gets_no_order(cast, now, tea, change):
    type(cast.household).objects.filter(pk=cast.household.pk).update(**change)
    with pytest.raises(LinesRefused):
        place((tea, 1), commune=cast.commune, now=now)


def test_another_total_than_the_buyer_saw_is_not_charged(cast, now, tea):
    with pytest.raises(TotalChanged) as refusal:
        place((tea, 1), commune=cast.commune, now=now, expected_total=100_000)
    assert refusal.value.context == {"seen": 100_000, "total": 142_000}
    assert stock_of(tea) == (10, 0)


@pytest.mark.parametrize(
    ("change", "error"),
    [({"name": "  "}, NameMissing), ({"phone": "12"}, BadPhone), ({"lines": []}, NothingToOrder)],
)
def test_bad_input_is_refused(cast, now, tea, change, error):
    with pytest.raises(error):
        place((tea, 1), commune=cast.commune, now=now, **change)


def test_without_a_tariff_nothing_is_ordered(cast, now):
    tea = make_listing(cast.household)
    with pytest.raises(NoTariff):
        place((tea, 1), commune=cast.commune, now=now)
    assert stock_of(tea) == (10, 0)


def test_households_and_buyer_are_told_once(cast, now, tea, honey):
    key = uuid4()
    for _click in range(2):
        place((tea, 2), (honey, 1), commune=cast.commune, now=now, key=key)
    phones = sorted(OutgoingMessage.objects.values_list("phone", flat=True))
    assert phones == sorted([cast.household.phone, cast.other_household.phone, "+84987654321"])


def test_a_buyer_who_belongs_to_a_household_leaves_an_act(cast, now, tea):
    place((tea, 1), commune=cast.commune, now=now, buyer=cast.other_head)
    act = Act.objects.get()
    assert (act.household, act.kind) == (cast.other_household, Act.Kind.PURCHASE)


def test_the_order_is_audited(cast, now, tea):
    order = place((tea, 1), commune=cast.commune, now=now, buyer=cast.buyer)
    entry = AuditEntry.objects.get(action="place_order")
    assert (entry.actor, entry.changes) == (cast.buyer, {"number": ["", order.number]})
