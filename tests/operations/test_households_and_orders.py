"""Households, orders and tariffs as operators see and change them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditEntry
from core.periods import vietnam_date
from households.models import Mandate
from shop.shipping.models import ShippingTariff
from tests.cast import make_household, make_user
from tests.factories.onboarding import ConsentFactory
from tests.factories.orders import make_listing, make_tariff, place

STEPS = {"days": "2", "steps": "500: 16.000\n1000: 18.000 đ", "extra_step_g": "500", "extra_charge": "2.500"}
TARIFF = {"name": "Giá tháng 12", "source": "Quyết định 12", "freight_warning_percent": "30"} | {
    f"{zone}_{name}": value for zone in ("province", "region", "country") for name, value in STEPS.items()
}


@pytest.fixture
def order(cast, now):
    make_tariff(now)
    return place((make_listing(cast.household), 1), commune=cast.commune, now=now)


@pytest.mark.parametrize("words", ["tra nha hoa", "nguyễn thị hoa", "hn-0001-a", "0912 000 001"])
def test_a_household_is_found_by_name_head_code_and_whole_number(desk, cast, words):
    from households.search_text import search_text

    for household in (cast.household, cast.other_household):
        household.search_text = search_text(household.name, household.head.full_name)
        household.save(update_fields=["search_text"])
    page = desk.get("/van-hanh/ho/", {"tim": words}).content.decode()
    assert "Trà nhà Hoa" in page
    assert "Vải nhà Bình" not in page


def test_a_part_of_a_number_finds_no_household(desk, cast):
    assert "Trà nhà Hoa" not in desk.get("/van-hanh/ho/", {"tim": "000001"}).content.decode()


def test_the_households_number_is_masked_and_each_look_stands_in_its_list(desk, cast):
    page = f"/van-hanh/ho/{cast.household.code}/"
    assert "0912 000 001" not in desk.get(page).content.decode()
    assert "0912 000 001" in desk.post(f"{page}xem-so/", follow=True).content.decode()
    assert AuditEntry.objects.get(household_code=cast.household.code, action="read_phone").actor == cast.operator


def test_a_mandate_is_ended_for_a_household_that_calls(desk, cast):
    address = f"/van-hanh/ho/{cast.household.code}/uy-quyen/{cast.mandate.pk}/ket-thuc/"
    assert desk.post(address).status_code == 200
    assert Mandate.objects.get(pk=cast.mandate.pk).withdrawn_at is None
    desk.post(address, {"sure": "1"})
    assert Mandate.objects.get(pk=cast.mandate.pk).withdrawn_at is not None


def test_a_mandate_of_another_household_is_not_found(desk, cast):
    address = f"/van-hanh/ho/{cast.other_household.code}/uy-quyen/{cast.mandate.pk}/ket-thuc/"
    assert desk.post(address).status_code == 404
    assert Mandate.objects.get(pk=cast.mandate.pk).withdrawn_at is None


def test_an_order_is_found_by_each_of_its_numbers(desk, cast, order):
    part = order.household_orders.get()
    run_together = part.number.replace("-", " ")
    for words in (order.number, part.number, run_together, part.household.code, order.buyer_phone):
        assert order.number in desk.get("/van-hanh/don/", {"tim": words}).content.decode()
    assert order.number not in desk.get("/van-hanh/don/", {"tim": order.buyer_phone[-6:]}).content.decode()


def test_the_buyer_is_masked_until_asked_for_and_the_look_is_written_down(desk, cast, order):
    page = desk.get(f"/van-hanh/don/{order.number}/").content.decode()
    address = order.shipping_address
    assert address.first_name not in page
    shown = desk.post(f"/van-hanh/don/{order.number}/xem-nguoi-mua/", follow=True).content.decode()
    assert address.first_name in shown
    assert AuditEntry.objects.get(action="read_buyer").actor == cast.operator


def test_a_tariff_is_loaded_from_a_coming_day_and_ends_the_one_before(desk, cast, order):
    day = vietnam_date(timezone.now() + timezone.timedelta(days=3))
    assert desk.post("/van-hanh/cuoc/", {**TARIFF, "valid_from": day.isoformat()}).status_code == 302
    new, old = ShippingTariff.objects.all()
    assert (new.name, new.valid_from, old.valid_until) == ("Giá tháng 12", day, day)
    steps = [(step.up_to_g, step.charge) for step in new.zone_rates.get(zone="region").steps.all()]
    assert steps == [(500, 16_000), (1000, 18_000)]
    assert AuditEntry.objects.filter(action="load_tariff", actor=cast.operator).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"province_steps": "500 16.000"}, "province_steps"),
        ({"province_steps": "1000: 18.000\n500: 16.000"}, "province_steps"),
        ({"province_steps": "500: 16.000\n500: 17.000"}, "province_steps"),
        ({"region_extra_charge": "nhiều"}, "region_extra_charge"),
        ({"country_days": "0"}, "country_days"),
    ],
)
def test_a_tariff_that_cannot_be_is_refused_at_its_field_and_stays_typed(desk, cast, order, change, field):
    day = vietnam_date(timezone.now() + timezone.timedelta(days=3)).isoformat()
    answer = desk.post("/van-hanh/cuoc/", {**TARIFF, "valid_from": day, **change})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert "Quyết định 12" in answer.content.decode()
    assert ShippingTariff.objects.count() == 1


def test_the_form_reads_what_it_shows(desk, cast, order):
    """The tariff that holds fills the form: sent as it stands, with a day and a source, it is a tariff again."""
    initial = desk.get("/van-hanh/cuoc/").context["form"].initial
    day = vietnam_date(timezone.now() + timezone.timedelta(days=3)).isoformat()
    assert desk.post("/van-hanh/cuoc/", {**initial, "source": "Như cũ", "valid_from": day}).status_code == 302
    new, old = ShippingTariff.objects.prefetch_related("zone_rates__steps")
    rates = [
        {
            (rate.zone, rate.days, *((step.up_to_g, step.charge) for step in rate.steps.all()))
            for rate in each.zone_rates.all()
        }
        for each in (new, old)
    ]
    assert rates[0] == rates[1]


def test_longer_lists_ask_no_more_queries(desk, cast, now, order):
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    paths = ["/van-hanh/ho/", "/van-hanh/don/", "/van-hanh/", f"/van-hanh/ho/{cast.household.code}/"]
    before = [count(path) for path in paths]
    for number in range(20, 24):
        make_household(f"HN-00{number}-X", f"Nhà {number}", cast.commune, make_user(number, f"Chủ {number}"), now)
        place((make_listing(cast.household, f"Chè {number}"), 1), commune=cast.commune, now=now)
    assert [count(path) for path in paths] == before


def test_an_operator_closes_an_account_for_a_reason_and_opens_it_again(desk, cast):
    page = f"/van-hanh/ho/{cast.household.code}/"
    assert desk.post(f"{page}tai-khoan/dong/", {"reason": " "}, follow=True).status_code == 200
    cast.household.refresh_from_db()
    assert cast.household.has_open_account
    desk.post(f"{page}tai-khoan/dong/", {"reason": "Chủ hộ gọi điện"})
    cast.household.refresh_from_db()
    assert not cast.household.has_open_account
    assert AuditEntry.objects.get(action="close_household_account").changes == {"reason": ["", "Chủ hộ gọi điện"]}
    desk.post(f"{page}tai-khoan/mo-lai/")
    cast.household.refresh_from_db()
    assert cast.household.has_open_account
    assert desk.post(f"{page}tai-khoan/khac/").status_code == 404


def test_after_an_operator_took_the_consent_back_nobody_opens_the_account_without_it(desk, cast):
    ConsentFactory(household=cast.household)
    page = f"/van-hanh/ho/{cast.household.code}/"
    for deed in ("rut-dong-y", "mo-lai"):
        desk.post(f"{page}tai-khoan/{deed}/")
    cast.household.refresh_from_db()
    assert (cast.household.has_open_account, cast.household.consented_at) == (False, None)


def test_an_operator_notes_a_move(desk, cast):
    page = f"/van-hanh/ho/{cast.household.code}/chuyen-noi-o/"
    assert desk.post(page, {"commune": "", "village_name": "Xóm Mới"}).status_code == 422
    typed = {"commune": cast.other_commune.pk, "village_name": "Xóm Mới", "version": cast.household.version}
    assert desk.post(page, typed).status_code == 302
    cast.household.refresh_from_db()
    assert cast.household.commune == cast.other_commune
    stale = desk.post(page, typed | {"village_name": "Xóm Cũ"})
    assert (stale.status_code, stale.context["form"]["village_name"].value()) == (409, "Xóm Cũ")
    assert "Xóm Mới" in stale.content.decode()
