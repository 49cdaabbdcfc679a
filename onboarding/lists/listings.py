"""A list of what households sell: what its columns are called, and what each row means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from catalog.categories import code_named, code_of_product
from core.spreadsheets import Sheet, text_of
from households.codes import BadHouseholdCode, parse_code
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
from onboarding.lists.headings import ORDINAL, ORDINAL_NAMES, PASSED_OVER, Names
from onboarding.lists.households import PHONE_NAMES
from onboarding.lists.rows import ListRow, RawRow, data_rows
from onboarding.lists.values import CellProblem, Unreadable, months_of, phone_of, said, stars_of

COLUMN_NAMES: Names = {
    ORDINAL: ORDINAL_NAMES,
    "household": (
        *(
            "ma ho",
            "ma nong ho",
            "ma gian hang",
            "ma so ho",
            "household",
            "household code",
            "ho",
            "gian hang",
            "ma nha vuon",
        ),
        *("ma chu ho", "ma ho san xuat", "ma nguoi ban", "ma ho gia dinh", "ma tai khoan", "tai khoan"),
    ),
    "phone": PHONE_NAMES,
    "name": (
        *(
            "ten san pham",
            "san pham",
            "ten hang",
            "mat hang",
            "ten mat hang",
            "nong san",
            "ten nong san",
            "ten hang hoa",
        ),
        *("hang hoa", "product", "product name", "name", "ten", "ten sp", "ten nong san pham"),
    ),
    "category": (
        *(
            "loai",
            "nhom",
            "nhom hang",
            "nganh hang",
            "danh muc",
            "phan loai",
            "loai san pham",
            "nhom san pham",
            "category",
        ),
        *("loai hang", "chung loai", "loai nong san", "nhom nong san", "nganh"),
    ),
    "price": ("gia", "gia ban", "don gia", "muc gia", "gia tien", "gia ban le", "price", "gia niem yet", "gia de xuat"),
    "unit": ("don vi tinh", "dvt", "don vi", "unit", "dv tinh", "don vi ban", "dv", "ban theo"),
    "net_weight_g": (
        *(
            "khoi luong",
            "khoi luong tinh",
            "trong luong",
            "quy cach",
            "quy cach dong goi",
            "net weight",
            "weight",
            "kl",
        ),
        *("dong goi", "dung tich", "trong luong tinh", "kl tinh", "quy cach san pham"),
    ),
    "stock": (
        *("ton kho", "so luong", "sl", "so luong ton", "ton", "stock", "quantity", "hien con", "so luong co the ban"),
        *("so luong hien co", "so luong ban", "sl ton", "con lai"),
    ),
    "harvest_months": (
        *("mua vu", "thoi vu", "thang thu hoach", "mua thu hoach", "thoi gian thu hoach", "thu hoach", "harvest"),
        *("harvest months", "thoi diem thu hoach", "vu thu hoach", "thang co hang", "mua", "vu mua"),
    ),
    "ocop_stars": (
        *("ocop", "hang sao", "so sao", "sao ocop", "hang ocop", "xep hang ocop", "phan hang ocop", "sao", "dat ocop"),
        *("hang sao ocop", "so sao ocop", "ocop stars", "phan hang", "xep hang"),
    ),
    "description": (
        *("mo ta", "gioi thieu", "mo ta san pham", "dac diem", "thong tin san pham", "description", "mo ta ngan"),
        *("thong tin them", "gioi thieu san pham", "chi tiet"),
    ),
    PASSED_OVER: (
        *("ho va ten", "ho ten", "chu ho", "ten chu ho", "ten ho", "nong ho", "ten nong ho", "nguoi ban", "ghi chu"),
        *("hinh anh", "anh", "link", "ma san pham", "ma sp", "ngay cap", "so giay chung nhan", "dia chi", "thon", "xa"),
        *(
            "san luong",
            "dien tich",
            "thanh tien",
            "doanh thu",
            "email",
            "han su dung",
            "noi san xuat",
            "ma hang",
            "xuat xu",
        ),
        *("ten gian hang", "ngay san xuat", "gia von", "gia nhap", "gia tri", "nam cong nhan", "ten ho san xuat"),
    ),
}
MAX_DESCRIPTION_LENGTH = 4_000


def read_listings(sheets: Sequence[Sheet]) -> Iterator[ListRow]:
    """Every row of data with what it means."""
    for raw in data_rows(sheets, COLUMN_NAMES, _is_list, ("household", "phone")):
        row = ListRow(raw.sheet, raw.number, {})
        row.values["household"] = _household(raw, row)
        row.values["name"] = _name(raw, row)
        row.values["category"] = _category(raw, row)
        _offer(raw, row)
        raw.take(row, "harvest_months", months_of)
        raw.take(row, "ocop_stars", stars_of)
        _description(raw, row)
        yield row


def _is_list(fields: set[str]) -> bool:
    return {"name", "price"} <= fields and bool(fields & {"household", "phone"})


def _household(raw: RawRow, row: ListRow) -> str | None:
    """The household's code, or its phone number in E.164."""
    written = raw.cell("household") or raw.cell("phone")
    if not said(written):
        row.refuse(CellProblem("household", "missing", _("Write the household's code or phone number.")))
        return None
    try:
        return parse_code(said(written))
    except BadHouseholdCode as error:
        refused = CellProblem("household", error.code, str(error))
    for cell in filter(said, (written, raw.cell("phone"))):
        try:
            return phone_of(cell)
        except Unreadable as unreadable:
            if not any(letter.isalpha() for letter in said(cell)):
                refused = CellProblem("household", unreadable.code, unreadable.message)
    row.refuse(refused)
    return None


def _name(raw: RawRow, row: ListRow) -> str | None:
    name = raw.text("name")
    if not name:
        row.refuse(CellProblem("name", "missing", _("Write the name of the product.")))
    elif not 3 <= len(name) <= 120 and not (len(name) == 2 and name.isalpha()):
        row.refuse(CellProblem("name", "bad_name", _("Give the product a name of 3 to 120 letters.")))
    return name or None


def _category(raw: RawRow, row: ListRow) -> str | None:
    """The words of the list. The code that they mean, or that the product's name begins with, is for loading."""
    written = raw.text("category")
    found = code_named(written) or code_of_product(raw.text("name"))
    row.meant["category"] = found
    if not found and written:
        row.refuse(CellProblem("category", "unknown_category", _("This kind is not known. Take one from the shop.")))
    elif not found:
        row.refuse(CellProblem("category", "missing", _("Write the kind of the product.")))
    return written or None


def _offer(raw: RawRow, row: ListRow) -> None:
    """Price, unit, weight and stock, each read with the others."""
    row.values |= {"price_vnd": None, "unit": None, "net_weight_g": None, "stock": None}
    heading = raw.columns.heading_of("price")
    if raw.text("unit"):  # "Giá (đ/kg)" stands over every row, but a row's own unit says what it is sold by
        heading = heading.partition("/")[0]
    priced = raw.take(row, "price", partial(price_of, heading=heading), key="price_vnd")
    dong, per = priced or (None, "")
    measure = _measure(raw, row, per)
    if not said(raw.cell("price")):
        row.refuse(CellProblem("price_vnd", "missing", _("Write the price.")))
    if dong is not None:
        try:
            row.values["price_vnd"] = whole_price(price_for(dong, per, measure))
        except Unreadable as error:
            row.values["price_vnd"] = None
            row.refuse(CellProblem("price_vnd", error.code, error.message))
    raw.take(row, "stock", lambda cell: stock_of(cell, measure=measure))


def _measure(raw: RawRow, row: ListRow, per: str) -> SaleMeasure | None:
    """The unit of its own column, or of the packing, or the one that the price is for; with the weight of one."""
    heading = raw.columns.heading_of("net_weight_g")
    weight = raw.take(row, "net_weight_g", lambda cell: weight_of(cell, heading=heading))
    measure: SaleMeasure | None = None
    written, packing = raw.text("unit"), packing_in(raw.text("name"))
    try:
        if written or per:
            measure = measure_of(written or per)
        elif re.search("quy cach|dong goi", heading) and re.search(r"[^\W\d_]{3}", raw.text("net_weight_g")):
            measure = measure_of(raw.text("net_weight_g"))
        elif packing:
            measure = measure_of(packing)
    except Unreadable as error:
        row.refuse(CellProblem("unit", error.code, error.message))
    if measure is None:
        return None
    weight = weight or weight_in_name(raw.text("name"), measure)
    if weight and measure.word != "kg":
        measure = replace(measure, net_weight_g=weight)
    row.values["unit"] = measure.word
    row.values["net_weight_g"] = weight or measure.net_weight_g
    row.meant["measure"] = measure
    return measure


def _description(raw: RawRow, row: ListRow) -> None:
    words = text_of(raw.cell("description")).strip()
    row.values["description"] = words or None
    if len(words) > MAX_DESCRIPTION_LENGTH:
        row.refuse(CellProblem("description", "too_long", _("The description is too long: at most 4,000 letters.")))
