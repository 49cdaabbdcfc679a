"""Each way in which people write a value means one thing, or is told what to mend."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalog.units import SaleUnit
from onboarding.lists.goods import (
    SaleMeasure,
    measure_of,
    packing_in,
    price_for,
    price_of,
    stock_of,
    weight_in_name,
    weight_of,
    whole_price,
)
from onboarding.lists.values import Unreadable, birth_year_of, citizen_id_of, is_head, months_of, phone_of, stars_of

YEAR = list(range(1, 13))


def outcome(read: Any, *given: Any, **more: Any) -> Any:
    """What is read, or the code of the refusal."""
    try:
        return read(*given, **more)
    except Unreadable as refusal:
        return refusal.code


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0912 345 678", "+84912345678"),
        (912345678.0, "+84912345678"),
        ("'0912345678", "+84912345678"),
        ("0912345678 / 0987654321", "+84912345678"),
        ("không nhớ / 0987654321", "+84987654321"),
        ("01681234567", "+84381234567"),
        ("1681234567", "+84381234567"),
        ("84168 1234567", "+84381234567"),
        # Two in one cell, however they are parted.
        ("0912345678\n0987654321", "+84912345678"),
        ("0912345678-0987654321", "+84912345678"),
        ("0912.345.678 và 0987.654.321", "+84912345678"),
        ("0912345678 (con trai 0987654321)", "+84912345678"),
        ("0912 345 678 + 0987 654 321", "+84912345678"),
        ("9.12345678E+8", "+84912345678"),
        ("9.12E+08", "digits_lost"),
        ("091234", "bad_phone"),
        ("gọi sau", "bad_phone"),
    ],
)
def test_phones(cell, phone):
    assert outcome(phone_of, cell) == phone


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("079085001234", "079085001234"),
        ("079 085 001 234", "079085001234"),
        (79085001234.0, "079085001234"),
        (1085001234.0, "001085001234"),
        ("123456789", "123456789"),
        ("CCCD: 079085001234", "079085001234"),
        ("7.9085E+10", "digits_lost"),
        ("0790850012", "000790850012"),
        ("0790850012345", "bad_citizen_id"),
        ("07908500123a", "bad_citizen_id"),
    ],
)
def test_identity_numbers(cell, digits):
    assert outcome(citizen_id_of, cell) == digits


@pytest.mark.parametrize(
    ("cell", "heading", "year"),
    [
        (1975.0, "nam sinh", 1975),
        ("12/3/75", "ngay sinh", 1975),
        ("12.03.1975", "ngay sinh", 1975),
        ("ngày 12 tháng 3 năm 1975", "ngay sinh", 1975),
        (date(1975, 3, 12), "ngay sinh", 1975),
        (date(1905, 5, 28), "nam sinh", 1975),
        (date(1905, 5, 28), "ngay sinh", 1905),
        ("05", "nam sinh", 2005),
        (27465, "ngay sinh", 1975),
        ("12031975", "ngay sinh", 1975),
        ("19750312", "ngay sinh", 1975),
        ("SN 75", "nam sinh", 1975),
        ("12-Mar-75", "ngay sinh", 1975),
        ("2099", "nam sinh", "bad_birth_year"),
        ("1875", "nam sinh", "bad_birth_year"),
        ("trung niên", "nam sinh", "bad_birth_year"),
    ],
)
def test_birth_years(cell, heading, year):
    assert outcome(birth_year_of, cell, heading=heading, this_year=2026) == year


@pytest.mark.parametrize(
    "cell", ["x", "Có", "Chủ hộ", True, "1", "✔️", "√", "ü", "+", "*", "Y", "Chủ hộ (đại diện)", "Bản thân"]
)
def test_a_head_is_marked(cell):
    assert is_head(cell) is True


@pytest.mark.parametrize("cell", ["Vợ", "con", "không", "", False, "0", "vợ chủ hộ", "☐", "-"])
def test_another_member_is_no_head(cell):
    assert is_head(cell) is False


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("3,4,5", [3, 4, 5]),
        ("tháng 3-5", [3, 4, 5]),
        ("T3–T5", [3, 4, 5]),
        ("T10 đến T2", [1, 2, 10, 11, 12]),
        ("từ tháng 11 đến tháng 1 năm sau", [1, 11, 12]),
        ("tháng 3 đến tháng 5 và tháng 9", [3, 4, 5, 9]),
        ("tháng Giêng, tháng Chạp", [1, 12]),
        ("quanh năm", YEAR),
        ("1/2/3", [1, 2, 3]),
        ("12 tháng", YEAR),
        ("tháng tư", [4]),
        ("từ tháng ba đến tháng năm", [3, 4, 5]),
        ("tháng mười một", [11]),
        ("từ 3 đến 5", [3, 4, 5]),
        ("đầu tháng 3 đến cuối tháng 5", [3, 4, 5]),
        ("T10 năm trước đến T2 năm sau", [1, 2, 10, 11, 12]),
        ("quý II, tháng 12", [4, 5, 6, 12]),
        ("t.3-t.5", [3, 4, 5]),
        ("III-V", [3, 4, 5]),
        ("tháng", "bad_months"),
        (7.0, [7]),
        (date(2026, 5, 3), [3, 4, 5]),
        (date(2026, 5, 31), [5]),
        ("5,13", "bad_months"),
        ("vụ hè", "bad_months"),
    ],
)
def test_harvest_months(cell, months):
    assert outcome(months_of, cell) == months


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        ("4 sao", 4),
        ("OCOP 4*", 4),
        ("★★★", 3),
        (5.0, 5),
        ("bốn sao", 4),
        ("4 sao cấp tỉnh (2023)", 4),
        ("5 ★", 5),
        ("chưa đạt", None),
        ("0", None),
        ("2 sao", "bad_stars"),
    ],
)
def test_stars(cell, stars):
    assert outcome(stars_of, cell) == stars


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        ("25k", 25_000),
        ("1,2 triệu", 1_200_000),
        ("1.250 triệu", 1_250_000),
        ("25.000đ", 25_000),
        ("25,000 VNĐ", 25_000),
        ("25 nghìn", 25_000),
        ("25k5", 25_500),
        ("1tr2", 1_200_000),
        ("2tr350", 2_350_000),
        ("1 triệu rưỡi", 1_500_000),
        ("1 triệu 200 nghìn", 1_200_000),
        ("1.250.000,00", 1_250_000),
        (25_000.0, 25_000),
        ("₫25.000", 25_000),
        ("VND 25,000", 25_000),
        ("25.000,-", 25_000),
        ("~25k", 25_000),
        ("25.000 - 30.000", "bad_price"),
        ("25-30k", "bad_price"),
        ("thỏa thuận", "bad_price"),
        ("-5", "bad_price"),
        (25, "bad_price"),
        ("25.000,50", "bad_price"),
        ("2000 triệu", "bad_price"),
    ],
)
def test_prices(cell, price):
    assert outcome(lambda: whole_price(price_of(cell, heading="gia ban")[0])) == price


@pytest.mark.parametrize(
    ("heading", "cell", "dong"),
    [
        ("gia (nghin dong)", 25, 25_000),
        ("don gia (1000d)", "25", 25_000),
        ("gia (1.000 dong)", "25.000", 25_000),
        ("don gia (x1000)", 25, 25_000),
        ("gia ban (k/kg)", 25, 25_000),
        ("gia (000d)", 25, 25_000),
        ("gia /1000g", 25, 25),
        ("gia", 25, 25),
    ],
)
def test_a_heading_says_in_what_its_prices_are(heading, cell, dong):
    assert price_of(cell, heading=heading)[0] == dong


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("Kg", SaleMeasure("kg", SaleUnit.KILOGRAM)),
        ("cân", SaleMeasure("kg", SaleUnit.KILOGRAM)),
        ("1 kg", SaleMeasure("kg", SaleUnit.KILOGRAM)),
        ("Túi 500g", SaleMeasure("túi", SaleUnit.BAG, 500)),
        ("tui 0,5 kg", SaleMeasure("túi", SaleUnit.BAG, 500)),
        ("500gr/hộp", SaleMeasure("hộp", SaleUnit.BOX, 500)),
        ("500g", SaleMeasure("gói", SaleUnit.PACK, 500)),
        ("lạng", SaleMeasure("lạng", SaleUnit.PACK, 100)),
        ("tạ", SaleMeasure("tạ", SaleUnit.KILOGRAM, 100_000)),
        ("Vỉ 10 quả", SaleMeasure("vỉ", SaleUnit.TRAY, None, 10)),
        ("chục 12", SaleMeasure("chục", SaleUnit.CHUC, None, 12)),
        ("trái", SaleMeasure("trái", SaleUnit.PIECE)),
        ("mét", "bad_unit"),
        ("viên", SaleMeasure("viên", SaleUnit.PIECE)),
        ("Xấp 10 cái", SaleMeasure("xấp", SaleUnit.PACK, None, 10)),
        ("10 quả", "bad_unit"),
        ("hộp 10 gói x 20g", SaleMeasure("hộp", SaleUnit.BOX, 200, 10)),
    ],
)
def test_units(words, measure):
    assert outcome(measure_of, words) == measure


@pytest.mark.parametrize(
    ("per", "measure", "dong"),
    [
        ("kg", SaleMeasure("túi", SaleUnit.BAG, 500), Decimal(50_000)),
        ("ta", SaleMeasure("kg", SaleUnit.KILOGRAM), Decimal(1_000)),
        ("kg", SaleMeasure("kg", SaleUnit.KILOGRAM), Decimal(100_000)),
        ("qua", SaleMeasure("trái", SaleUnit.PIECE), Decimal(100_000)),
        ("quả", SaleMeasure("vỉ", SaleUnit.TRAY, None, 10), 1_000_000),
        ("kg", SaleMeasure("túi", SaleUnit.BAG), "other_unit"),
    ],
)
def test_a_price_for_another_unit_is_reckoned_by_weight(per, measure, dong):
    assert outcome(price_for, Decimal(100_000), per, measure) == dong


@pytest.mark.parametrize(
    ("cell", "heading", "grams"),
    [
        ("500g", "", 500),
        ("1,5kg", "", 1_500),
        ("1kg2", "", 1_200),
        ("1.500 g", "", 1_500),
        ("5 lạng", "", 500),
        (0.5, "", 500),
        (500, "", 500),
        (2, "trong luong (kg)", 2_000),
        ("500ml", "dung tich", None),
        ("Hộp", "quy cach", None),
        ("1/2 kg", "", 500),
        ("nửa ký", "", 500),
        ("10 x 100g", "", 1_000),
        ("2-3kg", "", "bad_weight"),
        ("1", "khoi luong", "bad_weight"),
        ("nhẹ", "khoi luong", "bad_weight"),
    ],
)
def test_weights(cell, heading, grams):
    assert outcome(weight_of, cell, heading=heading) == grams


@pytest.mark.parametrize(
    ("cell", "measure", "stock"),
    [
        ("1.200", None, 1_200),
        ("50 kg", SaleMeasure("kg", SaleUnit.KILOGRAM), 50),
        ("2 tạ", SaleMeasure("kg", SaleUnit.KILOGRAM), 200),
        ("1 tạ", SaleMeasure("túi", SaleUnit.BAG, 500), 200),
        ("còn 30 con", SaleMeasure("con", SaleUnit.PIECE), 30),
        ("hết hàng", None, 0),
        ("~100kg", SaleMeasure("kg", SaleUnit.KILOGRAM), 100),
        ("50 túi (500g)", SaleMeasure("túi", SaleUnit.BAG, 500), 50),
        ("20 con", SaleMeasure("tạ", SaleUnit.KILOGRAM, 100_000), "other_unit"),
        (12.5, None, "bad_stock"),
        ("nhiều", None, "bad_stock"),
    ],
)
def test_stocks(cell, measure, stock):
    assert outcome(stock_of, cell, measure=measure) == stock


@pytest.mark.parametrize(
    ("name", "packing"),
    [
        ("Gạo ST25 (túi 5kg)", "túi 5kg"),
        ("Trà hoa cúc hộp 50g", "hop 50g"),
        ("Trứng gà (vỉ 10 quả)", "vỉ 10 quả"),
        ("Trà túi lọc 20 gói", ""),
        ("Thanh long ruột đỏ", ""),
        ("Chè búp (loại 1)", ""),
    ],
)
def test_packing_of_a_name(name, packing):
    assert packing_in(name) == packing


@pytest.mark.parametrize(
    ("name", "measure", "grams"),
    [
        ("Hạt điều rang 500g", SaleMeasure("hộp", SaleUnit.BOX), 500),
        ("Hạt điều rang 500g", SaleMeasure("thùng", SaleUnit.BOX), None),
        ("Hạt điều rang 500g", SaleMeasure("hộp", SaleUnit.BOX, 300), None),
        ("Hạt điều rang 500g", SaleMeasure("kg", SaleUnit.KILOGRAM), None),
    ],
)
def test_weight_of_a_name_is_that_of_its_own_packing(name, measure, grams):
    assert weight_in_name(name, measure) == grams
