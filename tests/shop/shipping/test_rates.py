"""What a parcel costs: by zone, by weight step, from the tariff of the day."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEntry
from households.models import Province
from shop.shipping.models import ShippingTariff, WeightStep, Zone
from shop.shipping.rates import Rates, ZonePrices, zone_between
from shop.shipping.selectors import NoTariff, rates_on
from shop.shipping.services import BadTariff
from tests.factories.orders import make_tariff

DEAR = [
    {"zone": zone, "days": 4, "steps": [[1000, 50_000]], "extra_step_g": 1000, "extra_charge": 10_000}
    for zone in Zone.values
]


@pytest.mark.parametrize(
    ("weight_g", "charge"),
    [
        (1, 16_000),
        (500, 16_000),
        (501, 18_000),
        (5000, 31_000),
        (5001, 33_500),
        (5500, 33_500),
        (5501, 36_000),
        (10_000, 56_000),
    ],
)
def test_each_step_ends_where_the_next_begins(weight_g, charge):
    steps = ((500, 16_000), (1000, 18_000), (2000, 22_000), (5000, 31_000))
    assert ZonePrices(2, steps, 500, 2500).charge(weight_g) == charge


@pytest.mark.parametrize(
    ("origin", "destination", "zone"),
    [
        (("19", "north"), ("19", "north"), Zone.SAME_PROVINCE),
        (("19", "north"), ("24", "north"), Zone.SAME_REGION),
        (("19", "north"), ("79", "south"), Zone.INTER_REGION),
    ],
)
def test_the_zone_follows_from_the_two_provinces(origin, destination, zone):
    first, second = (Province(code=code, region=region) for code, region in (origin, destination))
    assert zone_between(first, second) == zone


@pytest.mark.parametrize(("shipping", "is_dear"), [(30_000, False), (30_001, True), (0, False)])
def test_shipping_is_dear_past_the_tariffs_share(shipping, is_dear):
    assert Rates({}, freight_warning_percent=30).is_dear(goods=100_000, shipping=shipping) is is_dear


def test_a_new_tariff_ends_the_one_before_from_its_own_day(db, now):
    make_tariff(now)
    make_tariff(now, valid_from=date(2026, 11, 1), zones=DEAR)
    before, after = (
        rates_on(day).zones[Zone.SAME_PROVINCE].charge(400) for day in (date(2026, 10, 31), date(2026, 11, 1))
    )
    assert (before, after) == (16_000, 50_000)


def test_loading_the_same_day_again_replaces_it(db, now):
    make_tariff(now)
    make_tariff(now)
    assert ShippingTariff.objects.count() == 1
    assert WeightStep.objects.count() == 12
    assert AuditEntry.objects.filter(action="load_tariff").count() == 2


def test_a_day_before_the_first_tariff_has_no_prices(db, now):
    make_tariff(now)
    with pytest.raises(NoTariff):
        rates_on(date(2025, 6, 30))


@pytest.mark.parametrize("zones", [DEAR[:2], [], [*DEAR[:2], {**DEAR[2], "steps": []}]])
def test_a_tariff_with_a_zone_missing_is_refused_whole(db, now, zones):
    with pytest.raises(BadTariff):
        make_tariff(now, zones=zones)
    assert not ShippingTariff.objects.exists()


def test_the_tariff_is_read_in_three_queries(db, now, django_assert_num_queries):
    make_tariff(now)
    with django_assert_num_queries(3):
        rates_on(date(2026, 10, 14)).zones[Zone.INTER_REGION].charge(700)


def test_the_command_loads_the_starting_tariff_and_says_that_it_is_invented(db):
    call_command("load_shipping_tariff", stdout=StringIO())
    assert ShippingTariff.objects.get().is_invented


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "x"}', '{"valid_from": "tomorrow"}'])
def test_a_file_that_is_no_tariff_is_said(db, tmp_path, content):
    file = tmp_path / "tariff.json"
    file.write_text(content)
    with pytest.raises(CommandError, match="is not a tariff"):
        call_command("load_shipping_tariff", str(file))
    assert not ShippingTariff.objects.exists()
