"""What a phone may hold: the team's households and their listings, then only what differs."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from households.access import Acting
from households.models import Household, HouseholdMember, Mandate, TeamMember
from households.services import move_household, withdraw_mandate
from onboarding.field.models import TerritorySnapshot
from tests.factories.catalog import draft
from tests.factories.orders import make_listing, make_tariff, place
from tests.onboarding.field.phone import FieldPhone

pytestmark = pytest.mark.django_db


def shown(phone, cursor: str = ""):
    """(cursor, items by name, what is gone, whether it is all)."""
    answer = phone.territory(cursor).json()
    return answer["cursor"], {i["name"]: i["values"] for i in answer["items"]}, answer["gone"], answer["whole"]


def test_the_first_load_is_what_the_volunteer_may_see_and_nothing_of_the_other_side(phone, cast, now):
    draft(Acting(cast.head, cast.household), now)
    make_listing(cast.other_household)
    _cursor, items, gone, whole = shown(phone)
    assert whole
    assert not gone
    household = items[f"household:{cast.household.code}"]
    assert (household["name"], household["mandate"]["scopes"]) == ("Trà nhà Hoa", ["storefront", "listing", "orders"])
    assert household["phone"] == "091••••001"
    assert [name for name in items if name.startswith(("household:", "team:", "villages:"))] == [
        f"team:{cast.team.pk}",
        "villages:05503",
        f"household:{cast.household.code}",
    ]
    [listing] = [values for name, values in items.items() if name.startswith("listing:")]
    assert (listing["household"], listing["fields"]["title"]) == (cast.household.code, "Chè Tân Cương loại một")
    assert {"categories:", "consent_text:vi", "consent_text:en"} <= items.keys()


def test_nothing_new_is_an_empty_answer_with_the_same_cursor(phone):
    cursor, _items, _gone, _whole = shown(phone)
    assert shown(phone, cursor) == (cursor, {}, [], False)


def test_a_changed_listing_is_sent_alone(phone, cast, now):
    listing = draft(Acting(cast.head, cast.household), now)
    cursor = shown(phone)[0]
    Product.objects.filter(pk=listing.pk).update(title="Chè mới")
    later, items, gone, whole = shown(phone, cursor)
    assert (list(items), gone, whole) == ([f"listing:{listing.key}"], [], False)
    assert shown(phone, later)[1] == {}


def test_a_lost_answer_is_asked_for_again(phone, cast):
    cursor = shown(phone)[0]
    Household.objects.filter(pk=cast.household.pk).update(name="Trà mới")
    lost = shown(phone, cursor)
    assert shown(phone, cursor)[1] == lost[1]
    assert TerritorySnapshot.objects.count() == 2


def test_a_withdrawn_mandate_takes_the_listings_away(phone, cast, now):
    listing = draft(Acting(cast.head, cast.household), now)
    cursor = shown(phone)[0]
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=phone.now - timedelta(minutes=1))
    _cursor, items, gone, _whole = shown(phone, cursor)
    assert gone == [f"listing:{listing.key}"]
    assert items[f"household:{cast.household.code}"]["mandate"] is None


def test_a_mandate_that_expires_does_the_same_without_anybody_doing_anything(phone, cast, now):
    listing = draft(Acting(cast.head, cast.household), now)
    Mandate.objects.filter(pk=cast.mandate.pk).update(expires_at=phone.now + timedelta(hours=1))
    cursor = shown(phone)[0]
    with time_machine.travel(phone.now + timedelta(hours=1), tick=False):
        assert shown(phone, cursor)[2] == [f"listing:{listing.key}"]


def test_a_household_that_moved_away_and_a_left_team_take_everything_away(phone, cast):
    cursor, items, _gone, _whole = shown(phone)
    TeamMember.objects.create(team=cast.other_team, user=cast.volunteer, joined_at=phone.now - timedelta(days=1))
    cursor, items, _gone, _whole = shown(phone, cursor)
    assert f"household:{cast.other_household.code}" in items
    move_household(
        household=cast.household,
        version=cast.household.version,
        commune=cast.other_commune,
        village_name="Khác",
        now=phone.now,
        actor=cast.head,
    )
    TeamMember.objects.filter(team=cast.other_team, user=cast.volunteer).update(left_at=phone.now)
    _cursor, _items, gone, _whole = shown(phone, cursor)
    assert {f"household:{cast.household.code}", f"household:{cast.other_household.code}"} <= set(gone)


def test_an_order_to_answer_comes_with_its_buyer_masked(phone, cast, now):
    make_tariff(now)
    order = place((make_listing(cast.household), 2), commune=cast.commune, now=now)
    part = order.household_orders.get()
    _cursor, items, _gone, _whole = shown(phone)
    told = items[f"order:{part.number}"]
    assert (told["lines"], told["buyer"]) == ([["Trà nõn tôm", 2]], "Đ. T. Mua")
    assert "987" not in str(told)


def test_a_cursor_of_another_phone_or_of_nobody_loads_everything(phone, cast):
    cursor = shown(phone)[0]
    leader = FieldPhone(cast.leader, phone.now).enrol()
    assert shown(leader, cursor)[3]
    assert shown(phone, "banana")[3]


@pytest.fixture
def two_thousand(cast, now) -> None:
    """Households of the team's village, each with a mandate, a member and a draft."""
    day = now - timedelta(days=30)
    common = {"village_name": "Xóm Hồng Thái", "commune": cast.commune, "registered_at": day, "opened_at": day}
    households = Household.objects.bulk_create(
        Household(
            code=f"HN-{number:04}-Z",
            slug=f"hn-{number}",
            name=f"Vườn nhà bà Nguyễn Thị Hồng Hạnh số {number}",
            phone=f"+8497{number:07}",
            consented_at=day,
            **common,
        )
        for number in range(10, 2009)
    )
    heads = HouseholdMember.objects.bulk_create(
        HouseholdMember(household=household, full_name=f"Nguyễn Thị Hồng {household.code}", joined_at=day)
        for household in households
    )
    for household, head in zip(households, heads, strict=True):
        household.head = head
    Household.objects.bulk_update(households, ["head"], batch_size=500)
    Mandate.objects.bulk_create(
        Mandate(
            household=household,
            team=cast.team,
            scopes=["listing", "orders"],
            given_at=day,
            given_how="code",
            holds_from=day,
            expires_at=now + timedelta(days=200),
        )
        for household in households
    )
    for household in households[:20]:
        draft(Acting(cast.head, household), now, photos=0, description="Trồng trên đồi, hái tay. " * 20)


def test_two_thousand_households_load_once_in_two_megabytes_and_later_in_a_few_kilobytes(phone, cast, two_thousand):
    answer = phone.territory(**{"Accept-Encoding": "gzip"})
    assert len(gzip.decompress(answer.content)) <= 2_000_000
    assert len(answer.content) <= 250_000
    cursor = shown(phone)[0]
    assert len(phone.territory(cursor).content) < 1000
    Household.objects.filter(code="HN-0011-Z").update(name="Vườn mới")
    later = phone.territory(cursor)
    assert len(later.json()["items"]) == 1
    assert len(later.content) < 2000
    with CaptureQueriesContext(connection) as many:
        shown(phone)
    Household.objects.filter(code__gt="HN-0100-Z").update(closed_at=phone.now)
    with CaptureQueriesContext(connection) as few:
        shown(phone)
    assert len(many) == len(few)
    assert len(many) <= 20
