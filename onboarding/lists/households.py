"""A list of households: what its columns are called, and what each row means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.periods import vietnam_date
from core.spreadsheets import Sheet
from onboarding.lists.headings import ORDINAL, ORDINAL_NAMES, PASSED_OVER, Names
from onboarding.lists.places import PlacesOfList, WrittenPlace, place_in, words_of_code
from onboarding.lists.rows import ListRow, RawRow, data_rows
from onboarding.lists.values import CellProblem, Unreadable, birth_year_of, citizen_id_of, is_head, phone_of, said

PHONE_NAMES = (
    *("so dien thoai", "dien thoai", "sdt", "so dt", "dt", "di dong", "so di dong", "dien thoai di dong", "so may"),
    *("mobile", "phone", "phone number", "zalo", "so zalo", "dtdd", "lien he", "so lien he", "tel", "so phone", "đt"),
)
COLUMN_NAMES: Names = {
    ORDINAL: ORDINAL_NAMES,
    "name": (
        *("ho va ten", "ho ten", "ten chu ho", "ten ho", "ten nong ho", "nong ho", "ho san xuat", "ho gia dinh"),
        *("ten ho san xuat", "ten ho gia dinh", "nguoi dai dien", "ten nguoi dai dien", "ten nguoi ban", "nguoi ban"),
        *("ten chu co so", "ho va ten chu ho", "ho ten chu ho", "ten nguoi dan", "full name", "name", "hoten"),
        *("household name", "ten thanh vien", "ten nguoi san xuat"),
    ),
    "surname": ("ho", "ho dem", "ho va dem", "ho va ten dem", "ho lot", "ho va chu lot", "ho ten dem"),
    "given_name": ("ten", "ten goi"),
    "head_or_name": ("chu ho", "chu nong ho"),
    "head": (
        "la chu ho",
        "quan he voi chu ho",
        "quan he",
        "vai tro",
        "vai tro trong ho",
        "head",
        "is head",
        "qh chu ho",
    ),
    "phone": PHONE_NAMES,
    "citizen_id": (
        *(
            "cccd",
            "so cccd",
            "cmnd",
            "so cmnd",
            "cmt",
            "so cmt",
            "cmtnd",
            "can cuoc",
            "so can cuoc",
            "can cuoc cong dan",
        ),
        *(
            "so can cuoc cong dan",
            "chung minh",
            "so chung minh",
            "so dinh danh",
            "so dinh danh ca nhan",
            "ma dinh danh",
        ),
        *(
            "dinh danh ca nhan",
            "giay to tuy than",
            "so giay to",
            "so giay to tuy than",
            "so cc",
            "citizen id",
            "id number",
        ),
        *("so the can cuoc", "the can cuoc", "so chung minh nhan dan", "chung minh nhan dan"),
    ),
    "birth_year": (
        *("nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam", "ngay thang sinh", "birth year", "year of birth"),
        *("date of birth", "ngay sinh nhat", "sinh ngay", "ntns", "n sinh"),
    ),
    "village": (
        *(
            "thon",
            "xom",
            "ap",
            "ban",
            "buon",
            "lang",
            "khu pho",
            "to dan pho",
            "tdp",
            "khu dan cu",
            "khom",
            "phum",
            "khu",
        ),
        *("khu vuc", "village", "hamlet", "to dan cu", "ten thon", "thon xom", "to", "dia ban", "cum dan cu", "ten ap"),
    ),
    "commune": ("xa", "phuong", "thi tran", "ten xa", "commune", "ward", "don vi hanh chinh", "xa phuong", "phuong xa"),
    "commune_code": ("ma xa", "ma phuong", "ma xa phuong", "ma don vi hanh chinh", "ma dvhc", "commune code"),
    "district": ("huyen", "quan", "thi xa", "district", "quan huyen", "huyen thi", "ten huyen"),
    "province": ("tinh", "tinh thanh", "tinh thanh pho", "thanh pho", "province", "tinh tp", "ten tinh"),
    "address": (
        *(
            "dia chi",
            "noi o",
            "cho o",
            "noi cu tru",
            "thuong tru",
            "noi thuong tru",
            "ho khau",
            "address",
            "noi o hien nay",
        ),
        *("dia chi thuong tru", "dia chi lien he", "noi sinh song"),
    ),
    PASSED_OVER: (
        *("ngay cap", "noi cap", "gioi tinh", "dan toc", "email", "ghi chu", "so nhan khau", "nhan khau", "dien tich"),
        *("so tai khoan", "ngan hang", "chu tai khoan", "ten chu tai khoan", "ten ngan hang", "ma so thue", "ma ho"),
        *(
            "ma so ho",
            "ngay dang ky",
            "trinh do",
            "nghe nghiep",
            "can bo",
            "to truong",
            "ngay lap",
            "que quan",
            "ho ngheo",
        ),
        *(
            "so thanh vien",
            "so lao dong",
            "ten san pham",
            "san pham",
            "ngay het han",
            "ton giao",
            "quoc tich",
            "so nguoi",
        ),
        *("ten to", "ho so", "so ho khau", "ma so vung trong", "tai khoan", "mat khau", "ten gian hang"),
    ),
}
_NAMED = {"name", "surname", "given_name", "head_or_name"}
_TOLD = {"phone", "citizen_id", "village", "commune", "commune_code", "address", "birth_year"}
MAX_NAME_LENGTH = 120
MAX_VILLAGE_LENGTH = 80


def read_households(sheets: Sequence[Sheet], *, province: str | None, now: datetime) -> Iterator[ListRow]:
    """Every row of data with what it means; ``province`` is a code and narrows where communes are looked for."""
    places = PlacesOfList(province)
    this_year = vietnam_date(now).year
    seen: dict[str, ListRow] = {}
    for raw in data_rows(sheets, COLUMN_NAMES, _is_list, ("phone", "citizen_id")):
        row = ListRow(raw.sheet, raw.number, {})
        row.values["name"] = _name(raw, row)
        phone = raw.take(row, "phone", phone_of)
        if not said(raw.cell("phone")):
            row.refuse(CellProblem("phone", "missing", _("Write the phone number of the household.")))
        raw.take(row, "citizen_id", citizen_id_of)
        heading = raw.columns.heading_of("birth_year")
        raw.take(row, "birth_year", partial(birth_year_of, heading=heading, this_year=this_year))
        _place(raw, row, places)
        row.values["head"] = _head(raw)
        if phone and (twin := seen.setdefault(phone, row)) is not row:
            _compare(row, twin)
        yield row


def _is_list(fields: set[str]) -> bool:
    return bool(fields & _NAMED and fields & _TOLD)


def _name(raw: RawRow, row: ListRow) -> str | None:
    whole = raw.text("name") or _named_head(raw)
    parts = " ".join(filter(None, (raw.text("surname"), raw.text("given_name"))))
    name = whole or parts
    if not name:
        row.refuse(CellProblem("name", "missing", _("Write the full name.")))
    elif len(name) > MAX_NAME_LENGTH:
        row.refuse(CellProblem("name", "too_long", _("A name has at most 120 letters.")))
    elif not any(letter.isalpha() for letter in name):
        row.refuse(CellProblem("name", "bad_name", _("This is no name.")))
    return name or None


def _named_head(raw: RawRow) -> str:
    """A column "Chủ hộ" holds names in one list and crosses in another."""
    words = raw.text("head_or_name")
    return "" if raw.has("name") or is_head(words) or len(words) < 3 else words


def _head(raw: RawRow) -> bool | None:
    if raw.has("head"):
        return is_head(raw.cell("head"))
    if raw.has("head_or_name") and (raw.has("name") or raw.has("given_name")):
        return is_head(raw.cell("head_or_name"))
    return None


def _place(raw: RawRow, row: ListRow, places: PlacesOfList) -> None:
    written = written_place(raw)
    row.values |= {"village": written.village or None, "commune_code": None, "commune_was": written.commune or None}
    if len(written.village) > MAX_VILLAGE_LENGTH:
        row.refuse(CellProblem("village", "too_long", _("The name of a village has at most 80 letters.")))
    try:
        row.values["commune_code"] = places.commune_of(written).code
    except Unreadable as error:
        row.refuse(CellProblem("commune", error.code, error.message))


def written_place(raw: RawRow) -> WrittenPlace:
    """Where a row says that its household lives: its own columns, then its address, then the line above it."""
    address = place_in(raw.text("address"))
    commune = raw.text("commune")
    in_commune = place_in(commune) if "," in commune or " - " in commune else WrittenPlace(commune=commune)
    village = raw.text("village")
    if not raw.has("commune") and not raw.has("commune_code") and "," in village:
        address, village = place_in(village), ""
    code = words_of_code(raw.cell("commune_code"))
    return WrittenPlace(
        village=village or in_commune.village or address.village or raw.section.village,
        commune=words_of_code(in_commune.commune) or code or address.commune or raw.section.commune,
        district=raw.text("district") or in_commune.district or address.district or _of_section(raw, "district"),
        province=raw.text("province") or raw.section.province,
    )


def _of_section(raw: RawRow, name: str) -> str:
    """What the line above says, for a row that names no commune of its own."""
    value: Any = "" if raw.text("commune") or raw.text("address") else getattr(raw.section, name)
    return str(value)


def _compare(row: ListRow, twin: ListRow) -> None:
    """The same household again needs nothing; another one with the same phone needs a person who decides."""
    same = ("name", "village", "commune_code")
    if all(row.values[key] == twin.values[key] for key in same) and row.status == "good":
        row.status = "known"
        return
    message = _("Row %(row)s has this phone number too. Each household needs one of its own.") % {"row": twin.number}
    row.refuse(CellProblem("phone", "phone_twice", message))
