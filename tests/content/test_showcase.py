"""Live product blocks show what fits their rule at the moment the page is read."""

import pytest

from catalog.listing.services import withdraw_listing
from catalog.models import Product
from content.models import HomePage
from content.showcase import sections_of
from tests.factories.catalog import category, listing


def stream(**value: object):
    block = {"type": "products", "value": {"heading": "Hàng", "count": 4} | value}
    return HomePage(title="x", body=[(block["type"], as_value(block["value"]))]).body


def as_value(raw):
    return HomePage.body.field.stream_block.child_blocks["products"].to_python(raw)


def titles(now, **value: object):
    return [card.title for section in sections_of(stream(**value), now) for card in section.rows]


@pytest.fixture
def goods(acting, other_acting, now) -> dict[str, Product]:
    honey = category("mat-ong", "Mật ong")
    return {
        "tea": listing(acting, now, title="Chè", harvest_months=(1, 10)),
        "honey": listing(other_acting, now, title="Mật ong", harvest_months=(2, 11, 12), category_id=honey.pk),
        "lychee": listing(other_acting, now, title="Vải", harvest_months=(6,)),
    }


def test_newest_come_first(goods, now):
    assert titles(now, rule="newest") == ["Vải", "Mật ong", "Chè"]


def test_in_season_means_harvested_this_month(goods, now):
    assert now.month == 10
    assert titles(now, rule="in_season") == ["Chè"]
    assert titles(now.replace(month=1), rule="in_season") == ["Chè"]
    assert titles(now.replace(month=2), rule="in_season") == ["Mật ong"]


def test_a_province_narrows_the_rule(goods, cast, now):
    assert titles(now, rule="newest", province=cast.province.pk) == ["Chè"]


def test_a_category_includes_those_below_it(goods, now):
    category("mat-ong").add_child(code="mat-ong-hoa", slug="mat-ong-hoa", name="Mật ong hoa")
    goods["lychee"].categories.set(category("mat-ong").get_children())
    assert titles(now, rule="newest", category="mat-ong") == ["Vải", "Mật ong"]


def test_chosen_ones_keep_the_editors_order(goods, now):
    chosen = [goods["honey"].pk, goods["tea"].pk]
    assert titles(now, rule="chosen", chosen=chosen) == ["Mật ong", "Chè"]


def test_a_withdrawn_listing_leaves_the_block_and_an_empty_block_leaves_the_page(goods, acting, now):
    withdraw_listing(acting=acting, listing=goods["tea"], now=now)
    assert titles(now, rule="chosen", chosen=[goods["tea"].pk, goods["honey"].pk]) == ["Mật ong"]
    assert sections_of(stream(rule="in_season"), now) == []


def test_a_block_shows_no_more_than_it_says(goods, now):
    assert titles(now, rule="newest", count=2) == ["Vải", "Mật ong"]


def test_one_household_does_not_fill_a_block_while_others_wait(goods, acting, now):
    for number in range(3):
        listing(acting, now, title=f"Chè {number}")
    assert titles(now, rule="newest") == ["Chè 2", "Chè 1", "Vải", "Mật ong"]


def test_what_stands_above_is_not_repeated(goods, now):
    season, newest = (as_value({"heading": rule, "rule": rule, "count": 4}) for rule in ("in_season", "newest"))
    body = HomePage(title="x", body=[("products", season), ("products", newest)]).body
    assert [[card.title for card in section.rows] for section in sections_of(body, now)] == [
        ["Chè"],
        ["Vải", "Mật ong"],
    ]
