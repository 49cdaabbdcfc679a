"""Figures are computed from facts: what happened, when, and what was known by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils.translation import gettext

from catalog.listing.services import withdraw_listing
from catalog.models import ListingEvent, ListingStatus
from core.periods import VIETNAM, parse_period
from households.access import Acting
from households.models import AccountEvent, Act
from households.services import close_account, close_storefront, move_household, reopen_account
from onboarding.services import give_up_case, open_case, withdraw_consent
from reporting.areas import (
    MAX_TEAM_DIGITS,
    Breakdown,
    UnknownArea,
    country,
    find_area,
    of_commune,
    of_province,
    of_team,
    of_team_within,
)
from reporting.frames import Frame
from reporting.indicators import indicators_on
from reporting.models import ReportRun
from reporting.reports import REPORTS
from reporting.selectors import FigureTable, figure_table
from tests.factories.catalog import listing
from tests.factories.households import CommuneFactory, HouseholdFactory, TeamFactory
from tests.factories.onboarding import ConsentFactory
from tests.factories.orders import make_listing
from tests.onboarding.conftest import DOOR
from tests.reporting.events import act, order, part

SEPTEMBER = parse_period("2026-09")


def day(month: int, number: int, hour: int = 12) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=VIETNAM)


def frame(area=None, period=SEPTEMBER, as_of=None, window_days=30) -> Frame:
    return Frame(area or country(), period, as_of or day(10, 14), window_days)


def value(code: str, at: Frame) -> int:
    return indicators_on(at.last_day)[code].figure(at)


def table_of(at: Frame, breakdown: Breakdown | None) -> FigureTable:
    return figure_table(at, indicators_on(at.last_day), breakdown)


def test_account_counts_from_its_opening_until_it_is_closed(db):
    HouseholdFactory(opened_at=day(8, 31, 23), closed_at=day(10, 1, 0))
    HouseholdFactory(opened_at=day(10, 1, 0))
    HouseholdFactory(opened_at=day(1, 1), closed_at=day(9, 30))
    assert [value("accounts", frame(period=parse_period(code))) for code in ("2026-08", "2026-09", "2026-10")] == [
        2,
        1,
        1,
    ]


def test_case_that_is_given_up_never_counted(cast, now):
    before = value("accounts", frame())
    case = open_case(opened=DOOR, team=cast.team, actor=cast.volunteer, now=day(9, 3))
    assert value("accounts", frame()) == before
    give_up_case(case=case, reason="Hộ không muốn", actor=cast.volunteer, now=day(9, 4))
    assert value("accounts", frame()) == before


def test_account_that_was_closed_and_opened_again_counts_on_the_days_on_which_it_was_open(cast):
    close_account(household=cast.household, reason="", now=day(9, 20), actor=cast.head)
    reopen_account(household=cast.household, now=day(10, 5), actor=cast.head)
    later = day(11, 14)
    figures = [
        value("accounts", frame(of_commune(cast.commune), parse_period(f"2026-{month:02}"), later)) for month in (9, 10)
    ]
    assert figures == [0, 1]


def test_household_that_moves_takes_no_figure_of_earlier_months_along(cast):
    sold = order(day(9, 20))
    part(sold, cast.household, 100_000, new=day(9, 20), accepted=day(9, 21))
    places = {"Xóm 1": cast.other_commune, "Xóm 2": CommuneFactory(province=cast.province)}
    for month, (village, commune) in zip((10, 11), places.items(), strict=True):
        cast.household.refresh_from_db()
        move_household(
            household=cast.household,
            version=cast.household.version,
            commune=commune,
            village_name=village,
            now=day(month, 2),
            actor=cast.head,
        )
    as_of = day(12, 20)

    def counted(code: str, month: int) -> dict[str, int]:
        """The figure of each commune that has one, from the tables of both provinces, as its own page says it."""
        at = [
            frame(of_province(p), parse_period(f"2026-{month:02}"), as_of) for p in (cast.province, cast.other_province)
        ]
        indicator, found = indicators_on(at[0].last_day)[code], {}
        for one in at:
            found |= indicator.figures_by(one, Breakdown.COMMUNE)
            assert sum(indicator.figures_by(one, Breakdown.COMMUNE).values()) == indicator.figure(one)
        for commune in (cast.commune, *places.values()):
            assert indicator.figure(replace(at[0], area=of_commune(commune))) == found.get(commune.pk, 0)
        country_by_province = indicator.figures_by(replace(at[0], area=country()), Breakdown.PROVINCE)
        assert country_by_province.get(cast.province.pk, 0) == indicator.figure(at[0])
        return found

    here, there, back = cast.commune.pk, cast.other_commune.pk, places["Xóm 2"].pk
    assert [counted("accounts", month) for month in (9, 10, 11)] == [
        {here: 1, there: 1},
        {there: 2},
        {there: 1, back: 1},
    ]
    assert counted("transactions", 9) == {here: 1}
    assert counted("value", 9) == {here: 100_000}


def test_records_and_files_name_the_commune_in_which_the_household_stood_then(cast):
    act(cast.household, day(9, 19))
    product = make_listing(cast.household)
    ListingEvent.objects.create(product=product, status=ListingStatus.PUBLISHED, at=day(9, 15))
    AccountEvent.objects.create(household=cast.household, kind=AccountEvent.Kind.STOREFRONT_OPENED, at=day(9, 14))
    part(order(day(9, 20)), cast.household, 100_000, new=day(9, 20), accepted=day(9, 21))
    move_household(
        household=cast.household,
        version=cast.household.version,
        commune=cast.other_commune,
        village_name="Xóm 1",
        now=day(10, 2),
        actor=cast.head,
    )

    def communes(at: Frame) -> dict[str, set[str]]:
        """By indicator and file: the communes that the household's records name."""
        found = {
            code: {i.record_of(r).commune for r in i.records(at)} for code, i in indicators_on(at.last_day).items()
        }
        for code, place in (("households", 5), ("transactions", 5)):
            rows = REPORTS[code].rows(at, indicators_on(at.last_day), None)
            found[f"file {code}"] = {row[place] for row in rows if cast.household.code in row}
        return found

    old, new = of_province(cast.province), of_province(cast.other_province)
    counted_there = {"accounts", "active", "active_strict", "products", "sellers", "file households"}
    assert set(map(frozenset, communes(frame(old)).values())) == {frozenset({cast.commune.name})}
    year = replace(frame(new), period=parse_period("2026"))
    assert {name for name, shown in communes(year).items() if shown & {cast.other_commune.name}} == counted_there
    # An order stays where its household stood when it accepted it, also in a period that ends after the move.
    year = replace(year, area=old)
    assert communes(year) == {name: set() if name in counted_there else {cast.commune.name} for name in communes(year)}


@pytest.mark.parametrize("end", ["withdraw", "close", "shut"])
def test_listing_is_on_sale_only_while_account_and_storefront_are_open(cast, now, end):
    ConsentFactory(household=cast.household)
    product = make_listing(cast.household)
    ListingEvent.objects.create(product=product, status=ListingStatus.PUBLISHED, at=day(9, 15))
    for household_sold in ("products", "sellers"):
        assert value(household_sold, frame()) == 1
    {
        "withdraw": lambda: withdraw_consent(household=cast.household, actor=cast.head, now=day(10, 3)),
        "close": lambda: close_account(household=cast.household, reason="", actor=cast.head, now=day(10, 3)),
        "shut": lambda: close_storefront(acting=Acting(cast.head, cast.household), now=day(10, 3)),
    }[end]()
    october, september = frame(period=parse_period("2026-10")), frame()
    assert [value("products", at) for at in (september, october)] == [1, 0]
    assert [value("sellers", at) for at in (september, october)] == [1, 0]


@pytest.mark.parametrize("kind", Act.Kind.values)
def test_every_kind_of_act_of_the_programme_makes_an_account_active(db, kind):
    household = HouseholdFactory()
    act(household, day(9, 10), kind)
    act(household, day(9, 11), kind)
    assert value("active", frame()) == 1
    assert value("active_strict", frame()) == 0


def test_account_is_active_while_an_act_lies_in_the_window_or_the_period(db):
    act(HouseholdFactory(), day(6, 20))
    assert value("active", frame(window_days=90)) == 0
    assert value("active", frame(window_days=120)) == 1
    assert value("active", frame(period=parse_period("2026"), window_days=1)) == 1


def test_closed_account_is_not_active(db):
    act(HouseholdFactory(closed_at=day(9, 20)), day(9, 10))
    assert value("active", frame()) == 0


def test_act_learned_later_does_not_change_an_earlier_figure(db):
    act(HouseholdFactory(), day(9, 10), known=day(10, 5))
    assert value("active", frame(as_of=day(10, 2))) == 0
    assert value("active", frame(as_of=day(10, 6))) == 1


def test_order_is_one_transaction_however_many_households_share_it(cast):
    shared = order(day(9, 3))
    part(shared, cast.household, 100_000, new=day(9, 3), accepted=day(9, 4))
    part(shared, cast.other_household, 50_000, new=day(9, 3), accepted=day(9, 5))
    assert value("transactions", frame()) == 1
    assert value("value", frame()) == 150_000
    assert value("value", frame(of_province(cast.province))) == 100_000
    assert value("active_strict", frame()) == 2


@pytest.mark.parametrize("state", ["declined", "cancelled", "returned"])
def test_part_undone_after_its_acceptance_is_no_transaction_once_that_is_known(cast, state):
    row = part(order(day(9, 3)), cast.household, 100_000, new=day(9, 3), accepted=day(9, 4), **{state: day(10, 2)})
    assert row.state == state
    assert value("transactions", frame(as_of=day(10, 1))) == 1
    for code in ("transactions", "value", "active_strict"):
        assert value(code, frame()) == 0


def test_decline_that_was_taken_back_undoes_no_transaction_and_accepts_no_second_time(cast):
    row = part(order(day(9, 3)), cast.household, 100_000, new=day(9, 3), accepted=day(9, 4), declined=day(9, 5, 10))
    declined = row.events.get(state="declined")
    row.events.create(state="accepted", at=day(9, 5, 11), takes_back=declined)
    assert [value("value", frame(as_of=at)) for at in (day(9, 5, 9), day(9, 5, 10), day(9, 5, 11))] == [
        100_000,
        0,
        100_000,
    ]
    assert [value(code, frame()) for code in ("transactions", "value", "active_strict")] == [1, 100_000, 1]


def test_order_counts_when_it_was_accepted_not_when_it_was_placed(cast):
    part(order(day(8, 31)), cast.household, 100_000, new=day(8, 31), accepted=day(9, 1, 0))
    part(order(day(9, 30)), cast.household, 100_000, new=day(9, 30))
    assert value("transactions", frame(period=parse_period("2026-08"))) == 0
    assert value("transactions", frame()) == 1


def test_listing_counts_while_it_is_on_sale(cast, now):
    acting = Acting(cast.head, cast.household)
    product = listing(acting, day(9, 16))
    listing(acting, day(9, 20))
    withdraw_listing(acting=acting, listing=product, now=day(10, 1, 0))
    assert product.events.last().status == ListingStatus.WITHDRAWN
    october = frame(period=parse_period("2026-10"))
    assert [value("products", at) for at in (frame(), october)] == [2, 1]
    assert [value("sellers", at) for at in (frame(), october)] == [1, 1]
    assert value("products", frame(period=parse_period("2026-08"))) == 0


def test_table_by_commune_adds_up_except_for_shared_orders(cast):
    neighbour = HouseholdFactory(commune=CommuneFactory(province=cast.province))
    shared = order(day(9, 3))
    for household in (cast.household, neighbour):
        part(shared, household, 70_000, new=day(9, 3), accepted=day(9, 4))
    table = table_of(frame(of_province(cast.province)), Breakdown.COMMUNE)
    names = [row.code for row in table.indicators]
    transactions, money = names.index("transactions"), names.index("value")
    assert [row.values[transactions] for row in table.rows] == [1, 1]
    assert table.total[transactions] == 1
    assert table.total[money] == sum(row.values[money] for row in table.rows) == 140_000
    assert table.total[0] == 2


def test_table_by_team_keeps_households_that_came_alone_apart(cast):
    HouseholdFactory(commune=cast.commune, opened_by_team=cast.team)
    TeamFactory(commune=cast.commune, name="Tổ chưa mở tài khoản nào")
    table = table_of(frame(of_commune(cast.commune)), Breakdown.TEAM)
    assert {row.name: row.values[0] for row in table.rows} == {
        cast.team.name: 1,
        "Tổ chưa mở tài khoản nào": 0,
        gettext("Opened without a team"): 1,
    }
    assert table_of(frame(of_team(cast.team)), None).total[0] == 1


def test_table_takes_the_same_queries_for_ten_times_the_households(cast, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(14) as counted:
            table_of(frame(of_province(cast.province)), Breakdown.COMMUNE)
        return len(counted)

    few = queries()
    for number in range(10):
        household = HouseholdFactory(commune=CommuneFactory(province=cast.province))
        act(household, day(9, 3) + timedelta(days=number))
        part(order(day(9, 3)), household, 1_000, new=day(9, 3), accepted=day(9, 4))
    assert queries() == few


def test_team_that_opened_an_account_now_standing_elsewhere_has_a_row_there(cast):
    HouseholdFactory(commune=cast.commune, opened_by_team=cast.other_team)
    HouseholdFactory(commune=cast.other_commune, opened_by_team=cast.other_team)
    rows = table_of(frame(of_commune(cast.commune)), Breakdown.TEAM).rows
    assert {row.area.key: row.values[0] for row in rows} == {
        f"team-{cast.team.pk}.{cast.commune.pk}": 0,
        f"team-{cast.other_team.pk}.{cast.commune.pk}": 1,
        f"team-none.{cast.commune.pk}": 1,
    }
    assert [value("accounts", frame(row.area)) for row in rows] == [row.values[0] for row in rows]
    assert value("accounts", frame(of_team(cast.other_team))) == 2


@pytest.mark.parametrize(
    "key",
    [
        *("", "country-1", "countryside", "district-75", "province-", "province-99", "commune-1"),
        *("team-", "team-0", "team-x", "team-²", f"team-{10**12}"),
        *("team-none", "team-none.", "team-none.99", "team-1.", "team-999999.19"),
    ],
)
def test_key_of_no_area_is_refused(cast, key):
    with pytest.raises(UnknownArea, match="Không có địa bàn này"):
        find_area(key)


def test_key_leads_back_to_its_area_and_fits_a_run(cast):
    province, commune = of_province(cast.province), of_commune(cast.commune)
    parts = [of_team_within(team, place) for team in (cast.team, None) for place in (province, commune)]
    for area in (country(), province, commune, of_team(cast.team), *parts):
        assert find_area(area.key) == area
    longest = replace(parts[1], code="9" * MAX_TEAM_DIGITS)
    assert len(longest.key) <= ReportRun._meta.get_field("area").max_length
