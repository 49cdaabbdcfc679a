"""Orders that one person alone could have made up are counted apart, on pages and in files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from catalog.models import ListingEvent, ListingStatus
from core.periods import parse_period
from households.access import Acting
from households.models import HouseholdMember, TeamMember
from reporting.areas import Breakdown, country
from reporting.files import produce_report
from reporting.frames import Frame
from reporting.indicators import indicators_on
from reporting.models import ReportRun
from reporting.selectors import figure_table
from reporting.services import request_report
from shop.order.models import HouseholdOrder, Order
from shop.order.services import answer_household_order, mark_delivered, mark_sent
from shop.order.taking_back import take_back_answer
from shop.payment.models import Payment
from tests.factories.orders import make_listing, make_tariff, place
from tests.sign_in import sign_in


@pytest.fixture
def part(cast, now) -> HouseholdOrder:
    """An order of a stranger, not answered yet."""
    make_tariff(now)
    return place((make_listing(cast.household), 1), commune=cast.commune, now=now).household_orders.get()


@pytest.fixture
def by_household(cast) -> Acting:
    return Acting(cast.head, cast.household)


@pytest.fixture
def by_volunteer(cast) -> Acting:
    return Acting(cast.volunteer, cast.household, cast.team)


def accept(part: HouseholdOrder, acting: Acting, now) -> None:
    answer_household_order(household_order=part, acting=acting, accept=True, now=now)


def doubtful(now) -> tuple[int, int]:
    """Transactions of the month, and those of them in doubt."""
    frame = Frame(country(), parse_period("2026-10"), now + timedelta(hours=5), 30)
    indicator = indicators_on(frame.last_day)["transactions"]
    return indicator.figure(frame), indicator.of_these_in_doubt.figure(frame)


def test_order_of_a_stranger_that_the_household_answers_is_in_no_doubt(part, by_household, now):
    accept(part, by_household, now)
    assert doubtful(now) == (1, 0)


def test_order_from_the_households_own_phone_is_in_doubt(part, by_household, cast, now):
    Order.objects.update(buyer_phone=cast.household.phone, user=None)
    accept(part, by_household, now)
    assert doubtful(now) == (1, 1)


@pytest.mark.parametrize("known_by", ["user", "phone"])
def test_order_of_a_member_of_the_household_is_in_doubt(part, by_household, cast, now, known_by):
    HouseholdMember.objects.create(
        household=cast.household,
        full_name="Con gái",
        user=cast.stranger if known_by == "user" else None,
        phone="+84912111222",
        joined_at=now - timedelta(days=9),
    )
    bought = {"user": {"user": cast.stranger}, "phone": {"buyer_phone": "+84912111222", "user": None}}[known_by]
    Order.objects.update(**bought)
    accept(part, by_household, now)
    assert doubtful(now) == (1, 1)


def test_who_left_the_household_before_buys_as_anybody(part, by_household, cast, now):
    HouseholdMember.objects.create(
        household=cast.household,
        full_name="Con gái",
        user=cast.stranger,
        joined_at=now - timedelta(days=9),
        left_at=now - timedelta(days=1),
    )
    Order.objects.update(user=cast.stranger)
    accept(part, by_household, now)
    assert doubtful(now) == (1, 0)


@pytest.mark.parametrize(("who", "expected"), [("volunteer", 1), ("leader", 1), ("other_volunteer", 0), ("buyer", 0)])
def test_order_of_a_member_of_the_households_team_is_in_doubt(part, by_household, cast, now, who, expected):
    Order.objects.update(user=None, buyer_phone=getattr(cast, who).phone)
    accept(part, by_household, now)
    assert doubtful(now) == (1, expected)


def test_team_that_opened_the_account_is_its_team_without_a_mandate(part, by_household, cast, now):
    cast.mandate.delete()
    cast.household.opened_by_team = cast.team
    cast.household.save()
    Order.objects.update(user=cast.volunteer)
    accept(part, by_household, now)
    assert doubtful(now) == (1, 1)
    TeamMember.objects.filter(user=cast.volunteer).update(left_at=now - timedelta(days=1))
    assert doubtful(now) == (1, 0)


def deliver(part: HouseholdOrder, sender: Acting, giver: Acting, now) -> None:
    part.refresh_from_db()
    mark_sent(household_order=part, acting=sender, now=now + timedelta(hours=1))
    part.refresh_from_db()
    mark_delivered(household_order=part, acting=giver, now=now + timedelta(hours=2))


def test_order_answered_and_delivered_by_one_volunteer_is_in_doubt(part, by_volunteer, now):
    accept(part, by_volunteer, now)
    assert doubtful(now) == (1, 0)
    deliver(part, by_volunteer, by_volunteer, now)
    assert doubtful(now) == (1, 1)


def test_household_that_took_a_step_itself_confirms_it(part, by_volunteer, by_household, now):
    accept(part, by_volunteer, now)
    deliver(part, by_household, by_volunteer, now)
    assert doubtful(now) == (1, 0)


def test_two_volunteers_are_two_hands(part, by_volunteer, cast, now):
    accept(part, by_volunteer, now)
    deliver(part, by_volunteer, Acting(cast.leader, cast.household, cast.team), now)
    assert doubtful(now) == (1, 0)


def test_paid_card_is_the_buyers_word(part, by_volunteer, now):
    accept(part, by_volunteer, now)
    deliver(part, by_volunteer, by_volunteer, now)
    Payment.objects.update(method="card", state="paid")
    assert doubtful(now) == (1, 0)


def test_what_came_after_the_figure_was_asked_for_changes_nothing(part, by_volunteer, now):
    accept(part, by_volunteer, now)
    deliver(part, by_volunteer, by_volunteer, now)
    frame = Frame(country(), parse_period("2026-10"), now + timedelta(minutes=30), 30)
    assert indicators_on(frame.last_day)["transactions"].of_these_in_doubt.figure(frame) == 0


def test_table_counts_doubts_of_each_part_beside_its_figures(part, by_household, cast, now):
    Order.objects.update(buyer_phone=cast.household.phone)
    accept(part, by_household, now)
    frame = Frame(country(), parse_period("2026-10"), now + timedelta(hours=5), 30)
    table = figure_table(frame, indicators_on(frame.last_day), Breakdown.PROVINCE)
    goods = part.goods_total
    expected = {"active_strict": 1, "sellers": 0, "transactions": 1, "value": goods}
    assert [expected.get(row.code) for row in table.indicators] == list(table.total_in_doubt)
    rows = {
        row.area.code: dict(zip((i.code for i in table.indicators), row.in_doubt, strict=True)) for row in table.rows
    }
    assert (rows["19"]["transactions"], rows["19"]["value"], rows["24"]["value"]) == (1, goods, 0)
    assert rows["19"]["accounts"] is None


@pytest.mark.usefixtures("frozen")
def test_pages_and_files_say_how_much_is_in_doubt_and_why(client, part, by_household, cast, now):
    Order.objects.update(buyer_phone=cast.household.phone)
    accept(part, by_household, now - timedelta(hours=1))
    sign_in(client, cast.province_officer)
    codes = ("transactions", "active_strict")
    pages = [f"/bao-cao/chi-tieu/{code}/{page}" for code in codes for page in ("", "ho-so/")]
    for address in ("/bao-cao/", *pages):
        assert "trong đó nghi vấn: 1" in " ".join(client.get(address).content.decode().split()), address
    assert "hộ tự mua hàng của mình" in client.get("/bao-cao/chi-tieu/value/ho-so/").content.decode()
    files = {}
    for report in ("progress", "transactions"):
        run = request_report(
            user=cast.province_officer, report=report, format="csv", area=f"commune-{cast.commune.pk}",
            period="2026-10", cumulative=False, breakdown=None, now=now,
        )  # fmt: skip
        produce_report(run_id=run.pk, now=now)
        with ReportRun.objects.get(pk=run.pk).file.open("rb") as file:
            rows = file.read().decode("utf-8-sig").split("\r\n\r\n")[0]
        files[report] = list(csv.DictReader(io.StringIO(rows), delimiter=";"))
    in_doubt = {title: value for title, value in files["progress"][-1].items() if "nghi vấn" in title}
    assert list(in_doubt.values()) == ["1", "0", "1", str(part.goods_total)]
    assert [row["Nghi vấn"] for row in files["transactions"]] == ["hộ tự mua hàng của mình"]


def test_account_is_in_doubt_while_every_sale_that_counts_is(part, by_household, cast, now):
    ListingEvent.objects.create(
        product=part.lines.get().product, status=ListingStatus.PUBLISHED, at=now - timedelta(days=2)
    )
    Order.objects.update(buyer_phone=cast.household.phone)
    accept(part, by_household, now)

    def doubtful_households() -> dict[str, tuple[int, int, set[str]]]:
        """By indicator: the figure, how much of it is in doubt, and what its records say of that."""
        frame = Frame(country(), parse_period("2026-10"), now + timedelta(hours=5), 30)
        found = {}
        for code in ("active_strict", "sellers"):
            row = indicators_on(frame.last_day)[code]
            reasons = {row.record_of(record).evidence.doubt for record in row.records(frame)}
            found[code] = (row.figure(frame), row.of_these_in_doubt.figure(frame), reasons)
        return found

    every = "mọi lượt bán được tính đều nghi vấn"
    assert doubtful_households() == {"active_strict": (1, 1, {every}), "sellers": (1, 1, {every})}
    second = place((part.lines.get().product, 1), commune=cast.commune, now=now).household_orders.get()
    accept(second, by_household, now + timedelta(minutes=1))
    assert doubtful_households() == {"active_strict": (1, 0, {""}), "sellers": (1, 0, {""})}


def test_seller_that_sold_nothing_yet_is_in_no_doubt(cast, now):
    product = make_listing(cast.household)
    ListingEvent.objects.create(product=product, status=ListingStatus.PUBLISHED, at=now)
    frame = Frame(country(), parse_period("2026-10"), now + timedelta(hours=5), 30)
    sellers = indicators_on(frame.last_day)["sellers"]
    assert (sellers.figure(frame), sellers.of_these_in_doubt.figure(frame)) == (1, 0)


def test_arrival_that_the_volunteer_took_back_makes_no_doubt(part, by_volunteer, now):
    accept(part, by_volunteer, now)
    mark_sent(household_order=part, acting=by_volunteer, now=now)
    mark_delivered(household_order=part, acting=by_volunteer, now=now)
    assert doubtful(now) == (1, 1)
    take_back_answer(household_order=part, acting=by_volunteer, now=now)
    assert doubtful(now) == (1, 0)
