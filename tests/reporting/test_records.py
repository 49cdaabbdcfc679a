"""The records behind a figure make that figure, for every indicator and wherever it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from random import Random

import pytest

from catalog.models import ListingEvent
from core.periods import VIETNAM
from households.access import Acting
from households.models import Act, Commune, DigitalTeam, Household, Province
from reporting.areas import Area, breakdowns_of, country, find_area, of_commune, of_province, of_team
from reporting.frames import Frame, period_of
from reporting.indicators import INDICATORS, indicators_on
from reporting.indicators.declaration import Adding, Evidence, Indicator, Record
from reporting.selectors import figure_table
from shop.order.models import HouseholdOrderEvent
from tests.factories.catalog import listing
from tests.factories.households import HouseholdFactory
from tests.factories.orders import make_listing
from tests.reporting.events import act, order, part
from tests.reporting.history import write_history
from tests.sign_in import sign_in

AS_OF = datetime(2026, 10, 14, 9, tzinfo=VIETNAM)
VERSIONS = [row for versions in INDICATORS.values() for row in versions]


@pytest.fixture(params=range(2))
def history(db, request):
    write_history(Random(request.param))


def frames(area: Area) -> Iterator[Frame]:
    for code, cumulative in (("2026", False), ("2026-06", True), ("2026-10", False)):
        yield Frame(area, period_of(code, is_cumulative=cumulative), AS_OF, 60)


def all_areas() -> Iterator[Area]:
    yield country()
    yield from map(of_province, Province.objects.all())
    yield from map(of_commune, Commune.objects.all())
    yield from map(of_team, DigitalTeam.objects.select_related("commune"))


def records_of(indicator: Indicator, frame: Frame) -> list[Record]:
    return [indicator.record_of(row) for row in indicator.records(frame)]


def made_of(records: list[Record], adding: Adding) -> int:
    """What a reader counts who has the records before them, and nothing else."""
    if adding == Adding.SUM:
        return sum(record.evidence.amount or 0 for record in records)
    if adding == Adding.DISTINCT:
        return len({record.evidence.reference for record in records})
    return len(records)


def test_records_make_the_figure_of_every_indicator_in_every_area(history):
    figures: Counter[str] = Counter()
    for area, indicator in product(all_areas(), VERSIONS):
        for frame in frames(area):
            records = records_of(indicator, frame)
            asked = (indicator.code, area.key, frame.period.code)
            assert indicator.figure(frame) == made_of(records, indicator.adding), asked
            here = set(Household.objects.filter(area.households()).values_list("code", flat=True))
            assert {record.household_code for record in records} <= here, asked
            assert set(Counter(records).values()) <= {1}, asked
            figures[indicator.code] += len(records) > 1
    assert all(figures[indicator.code] > 3 for indicator in VERSIONS)  # the history is no empty one


def test_figure_of_each_part_is_made_of_the_records_that_its_row_leads_to(history):
    for area in all_areas():
        for breakdown, frame in product(breakdowns_of(area), frames(area)):
            table = figure_table(frame, indicators_on(frame.last_day), breakdown)
            for row in table.rows:
                at = Frame(find_area(row.area.key), frame.period, frame.as_of, frame.window_days)
                assert at.area == row.area
                for indicator, number in zip(table.indicators, row.values, strict=True):
                    made = made_of(records_of(indicator, at), indicator.adding)
                    assert number == made, (indicator.code, row.area.key, frame.period.code)
            assert table.total == tuple(indicator.figure(frame) for indicator in table.indicators)
            for column, indicator in enumerate(table.indicators):
                parts = sum(row.values[column] for row in table.rows)
                assert parts == table.total[column] or not indicator.adds_up, (indicator.code, area.key)


def test_strictly_active_household_shows_the_last_sale_that_stands(history):
    indicator = INDICATORS["active_strict"][0]
    for frame in frames(country()):
        for record in records_of(indicator, frame):
            number = record.evidence.what.removeprefix("bán hàng: đơn ")
            sales = HouseholdOrderEvent.objects.filter(
                household_order__household__code=record.household_code, state="accepted", at__lt=frame.end
            )
            gone = HouseholdOrderEvent.objects.filter(
                state__in=["declined", "cancelled", "returned"], at__lte=frame.as_of
            )
            standing = sales.exclude(household_order__in=gone.values("household_order")).order_by("at")
            assert number == standing.last().household_order.number
            assert record.evidence.at == standing.last().at >= frame.window_start


def test_seller_shows_a_listing_that_is_on_sale_then(history):
    indicator = INDICATORS["sellers"][0]
    for frame in frames(country()):
        for record in records_of(indicator, frame):
            newest = ListingEvent.objects.get(at=record.evidence.at, status="published")
            assert newest.product.household.code == record.household_code
            assert record.evidence.url.endswith(f"_{newest.product_id}/")
            assert newest.product.events.filter(at__lt=frame.end).last() == newest


def test_product_shows_its_title_and_address_and_since_when_it_is_on_sale(cast):
    at = Frame(country(), period_of("2026-10"), AS_OF, 60)
    product = make_listing(cast.household, "Mật ong rừng")
    event = ListingEvent.objects.create(product=product, status="published", at=AS_OF - timedelta(days=2))
    shown = Evidence(what="Mật ong rừng", at=event.at, url=f"/san-pham/mat-ong-rung_{product.pk}/")
    for code in ("products", "sellers"):
        assert [record.evidence for record in records_of(INDICATORS[code][0], at)] == [shown]


def test_part_of_an_order_shows_its_numbers_and_goods_and_when_it_was_accepted(cast):
    at = Frame(country(), period_of("2026-10"), AS_OF, 60)
    accepted = AS_OF - timedelta(days=2)
    row = part(order(accepted), cast.household, 70_000, new=accepted, accepted=accepted)
    shown = Evidence(what=row.number, at=accepted, reference=row.order.number, amount=70_000)
    for code in ("transactions", "value"):
        assert [record.evidence for record in records_of(INDICATORS[code][0], at)] == [shown]


def test_active_household_shows_its_last_act_that_was_known(cast):
    at = Frame(country(), period_of("2026-10"), AS_OF, 60)
    # Written in another order than they happened; of two at one moment the one written later is shown.
    acts = ((3, "exchange", 3), (3, "display", 3), (2, "search", -1), (9, "purchase", 9), (70, "sale", 70))
    for days, kind, known in acts:
        act(cast.household, AS_OF - timedelta(days=days), kind, AS_OF - timedelta(days=known))
    (record,) = records_of(INDICATORS["active"][0], at)
    assert record.evidence == Evidence(what=str(Act.Kind.DISPLAY.label), at=AS_OF - timedelta(days=3))
    assert (record.head, record.phone) == ("N. T. Hoa", "091••••001")


def test_strictly_active_household_shows_the_later_written_of_two_sales_at_one_moment(cast):
    at = Frame(country(), period_of("2026-10"), AS_OF, 60)
    sold = [AS_OF - timedelta(days=days) for days in (3, 3, 9)]
    parts = [part(order(moment), cast.household, 1_000, new=moment, accepted=moment) for moment in sold]
    (record,) = records_of(INDICATORS["active_strict"][0], at)
    assert record.evidence == Evidence(what=f"bán hàng: đơn {parts[1].number}", at=sold[1])


@pytest.mark.usefixtures("frozen")
class TestPage:
    """What the page of records says of the figure; one order of two households, both in the province."""

    @pytest.fixture(autouse=True)
    def facts(self, client, cast, now):
        neighbour = HouseholdFactory(commune=cast.commune, opened_at=now - timedelta(days=9))
        shared = order(now)
        for household, goods in ((cast.household, 1_250_000), (neighbour, 50_000)):
            part(shared, household, goods, new=now, accepted=now - timedelta(hours=1))
        act(cast.household, now - timedelta(hours=2))
        listing(Acting(cast.head, cast.household), now - timedelta(hours=3))
        sign_in(client, cast.province_officer)
        self.order = shared

    def page(self, client, code: str) -> str:
        answer = client.get(f"/bao-cao/chi-tieu/{code}/ho-so/", {"ky": "2026-10"})
        return " ".join(answer.content.decode().split())

    @pytest.mark.parametrize(
        ("code", "figure", "words"),
        [
            ("accounts", "2 <small>hộ", "2 bản ghi dưới đây, mỗi bản ghi tính một lần."),
            ("active", "1 <small>hộ", "1 bản ghi dưới đây, mỗi bản ghi tính một lần."),
            ("active_strict", "2 <small>hộ", "2 bản ghi dưới đây, mỗi bản ghi tính một lần."),
            ("products", "1 <small>sản phẩm", "1 bản ghi dưới đây, mỗi bản ghi tính một lần."),
            ("sellers", "1 <small>hộ", "1 bản ghi dưới đây, mỗi bản ghi tính một lần."),
            ("transactions", "1 <small>đơn", "2 bản ghi dưới đây, thuộc 1 đơn khác nhau."),
            ("value", "1.300.000 <small>đồng", "2 bản ghi dưới đây, cộng lại 1.300.000 đồng."),
        ],
    )
    def test_figure_stands_beside_what_its_records_make(self, client, code, figure, words):
        page = self.page(client, code)
        assert f'<p class="tile__figure">{figure}' in page
        assert words in page

    def test_each_reason_is_that_of_its_indicator(self, client, cast, now):
        assert "mở tài khoản" in self.page(client, "accounts")
        assert f"bán hàng: đơn {self.order.number}-{cast.household.pk}" in self.page(client, "active_strict")
        assert ">Chè Tân Cương loại một</a>" in self.page(client, "sellers")
        for code in ("active", "active_strict", "sellers"):
            assert "mở tài khoản" not in self.page(client, code)
        assert self.page(client, "transactions").count(f'<td class="nowrap">{self.order.number}</td>') == 2
