"""A commune's list is read as it was written, loaded once, and nothing in it is lost."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from catalog.models import Category, ListingStatus, Product
from core.models import AuditEntry
from households.models import CommuneSuccession, Household
from households.places.index import forget_places

HEADINGS = ["STT", "Họ và tên chủ hộ", "Năm sinh", None, "Địa chỉ", None, "Số ĐT (Zalo)", "Số CCCD/CMND", "Ghi chú"]
LOWER = [None, None, "Nam", "Nữ", "Xóm", "Xã", None, None, None]
LIST = [
    ["Xã: TÂN CƯƠNG", None, "Huyện: Thái Nguyên"],
    ["DANH SÁCH HỘ SẢN XUẤT, TỈNH THÁI NGUYÊN NĂM 2026"],
    [],
    HEADINGS,
    LOWER,
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
    ["I", "Xóm Hồng Thái"],
    [1, "Nguyễn Văn An", 1975, None, "Hồng Thái", "Tân Cương", 978345678, 79075001234, None],
    [2, "Trần Thị Bé", None, "12/3/80", None, None, "0978 345 679", None, "mới"],
    [3, "Lê Văn Cò", None, None, "Soi Vàng", "xã Phúc Trìu", "097834", None, None],
    [None, "Cộng xóm Hồng Thái", 3],
    ["II", "Xóm Nam Đồng"],
    HEADINGS,
    [4, "Phạm Thị Dung", None, 1990, None, "Phúc Trìu", "01687654321", None, None],
    [5, "Tống Văn Em", 1991, None, None, "Tân Cường Nam", "0987654322", None, None],
    [None, "Tổng cộng", 5],
    [],
    [None, None, None, None, "Tân Cương, ngày 3 tháng 5 năm 2026"],
    [None, "Người lập biểu", None, None, "TM. UBND XÃ"],
    [None, "Nguyễn Văn Lập", None, None, "Trần Chủ Tịch"],
]
GOODS = [
    [
        "STT",
        "SĐT chủ hộ",
        "Tên sản phẩm",
        "Nhóm",
        "Đơn giá (nghìn đồng/kg)",
        "ĐVT",
        "Quy cách",
        "Tồn kho",
        "Mùa vụ",
        "OCOP",
    ],
    [1, "0912000001", "Chè búp Hồng Thái", "Chè", 250, "Túi", "Túi 500g", "1 tạ", "3-5, 9 (âm lịch)", "3 sao"],
    [2, "HN-ZZZZZZ-Z", "Mật ong rừng", None, "180k/chai", "chai", "500ml", 20, "quanh năm", None],
    [3, "0912000001", "Mật ong hoa rừng", None, "180k/chai", "chai", "500ml", 20, "quanh năm", "-"],
    [4, "0912000001", "Lúa nếp", "Gạo nếp", "1,2 triệu/tạ", "tạ", None, 5, "5,10", None],
    [5, "0912000001", "Viên gì đó", "Đồ lạ", "rẻ", "mét", None, "nhiều", "5,13", "9"],
    ["Tổng cộng", None, None, None, 790],
]


@pytest.fixture(autouse=True)
def _former_commune(cast):
    CommuneSuccession.objects.create(
        former_code="05500",
        former_name="Xã Phúc Trìu",
        former_district_name="Thành phố Thái Nguyên",
        former_province_name="Tỉnh Thái Nguyên",
        folded="phuc triu",
        folded_district="thai nguyen",
        commune=cast.commune,
        effective_date="2025-07-01",
    )
    forget_places()


@pytest.fixture
def _categories(db):
    call_command("load_categories", verbosity=0)


@pytest.fixture
def file(tmp_path):
    """Write rows into a workbook, a sheet of help first, and give its path."""

    def written(rows, merged=()):
        path = tmp_path / "danh sach.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("Hướng dẫn").write_column(0, 0, ["Cách điền", "Cột A là họ tên"])
            sheet = book.add_worksheet("DS")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            for area in merged:
                sheet.merge_range(*area)
        return path

    return written


@pytest.fixture
def load(tmp_path, now, time_machine_at):
    """Run the command and give its rows by their number."""

    def run(kind, path, *options: str):
        out = tmp_path / "out.json"
        call_command("import_list", kind, str(path), "--json", str(out), *options, stdout=io.StringIO())
        return {row["row"]: row for row in json.loads(out.read_text(encoding="utf-8"))["rows"]}

    return run


@pytest.fixture
def time_machine_at(now, time_machine):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def households(file):
    return file(LIST, [(3, 2, 3, 3, "Năm sinh"), (3, 4, 3, 5, "Địa chỉ")])


def statuses(rows):
    return {number: row["status"] for number, row in rows.items()}


def codes(row):
    return [(problem["field"], problem["code"]) for problem in row["problems"]]


def test_every_row_of_data_is_told_and_nothing_else(households, load):
    rows = load("households", households, "--province", "19", "--dry-run")
    assert statuses(rows) == {8: "good", 9: "good", 10: "bad", 14: "good", 15: "bad"}
    assert {row["sheet"] for row in rows.values()} == {"DS"}
    assert rows[8]["values"] == {
        "name": "Nguyễn Văn An",
        "phone": "+84978345678",
        "citizen_id": "079075001234",
        "birth_year": 1975,
        "village": "Hồng Thái",
        "commune_code": "05503",
        "commune_was": "Tân Cương",
        "head": None,
    }
    # What the row leaves out stands above it: the village of the section, the commune of the title.
    assert rows[9]["values"] | {"name": "", "phone": ""} == {
        **dict.fromkeys(("citizen_id", "head")),
        **{"name": "", "phone": "", "birth_year": 1980, "village": "Xóm Hồng Thái", "commune_code": "05503"},
        "commune_was": "Xã TÂN CƯƠNG",
    }
    assert codes(rows[10]) == [("phone", "bad_phone")]
    assert rows[10]["values"]["commune_code"] == "05503"
    assert (rows[14]["values"]["phone"], rows[14]["values"]["village"]) == ("+84387654321", "Xóm Nam Đồng")
    assert codes(rows[15]) == [("commune", "unknown_commune")]
    assert "Xã Tân Cương" in rows[15]["problems"][0]["message"]


@pytest.mark.usefixtures("_categories")
def test_a_dry_run_writes_nothing(households, file, load, cast):
    before = Household.objects.count(), Product.objects.count(), AuditEntry.objects.count()
    assert "good" in statuses(load("households", households, "--dry-run")).values()
    assert "good" in statuses(load("listings", file(GOODS), "--dry-run")).values()
    assert (Household.objects.count(), Product.objects.count(), AuditEntry.objects.count()) == before


def test_good_rows_become_households_that_wait_for_their_team(households, load, cast, now):
    load("households", households)
    made = Household.objects.get(phone="+84978345678")
    assert (made.name, made.head.full_name, made.village_name) == ("Nguyễn Văn An", "Nguyễn Văn An", "Hồng Thái")
    assert (made.opened_at, made.consented_at, made.phone_confirmed_at, made.is_selling) == (None, None, None, False)
    assert Household.objects.filter(registered_at=now).count() == 3
    assert AuditEntry.objects.filter(action="register_household", household_code=made.code, actor=None).count() == 1


def test_the_same_list_loaded_twice_changes_nothing(households, load):
    load("households", households)
    before = list(Household.objects.order_by("pk").values())
    rows = load("households", households)
    assert statuses(rows) == {8: "known", 9: "known", 10: "bad", 14: "known", 15: "bad"}
    assert list(Household.objects.order_by("pk").values()) == before


def test_a_list_that_was_stopped_half_way_goes_on(file, load, monkeypatch):
    from onboarding.lists import loading

    rows = [["Họ tên", "Điện thoại", "Xã"]] + [[f"Hộ {n}", f"09783456{n:02}", "Tân Cương"] for n in range(7)]
    path, register = file(rows), loading.register_household
    monkeypatch.setattr(loading, "CHUNK", 2)

    def stopped(**more: Any):
        if more["name"] == "Hộ 5":
            raise KeyboardInterrupt
        return register(**more)

    monkeypatch.setattr(loading, "register_household", stopped)
    with pytest.raises(KeyboardInterrupt):
        load("households", path)
    assert Household.objects.filter(name__startswith="Hộ ").count() == 4
    monkeypatch.setattr(loading, "register_household", register)
    assert sorted(statuses(load("households", path)).values()) == ["good"] * 3 + ["known"] * 4
    assert Household.objects.filter(name__startswith="Hộ ").count() == 7


def test_a_phone_belongs_to_one_household(file, load, cast):
    rows = [
        ["Họ tên", "Điện thoại", "Xã", "Thôn"],
        ["Ma Thị Thu", "0978345678", "Tân Cương", "Hồng Thái"],
        ["Ma Thị Thu", "0978345678", "Tân Cương", "Hồng Thái"],
        ["Lý Văn Páo", "0978345678", "Tân Cương", "Hồng Thái"],
        ["Người Khác", cast.head.phone, "Tân Cương", ""],
        [cast.head.full_name, cast.head.phone, "Tân Cương", ""],
    ]
    read = load("households", file(rows))
    Household.objects.filter(pk=cast.household.pk).update(search_text="tra nha hoa nguyen thi hoa")
    assert statuses(read) == {2: "good", 3: "known", 4: "bad", 5: "bad", 6: "bad"}
    assert codes(read[4]) == [("phone", "phone_twice")]
    assert codes(read[5]) == [("phone", "phone_of_other_household")]
    assert cast.household.name not in read[5]["problems"][0]["message"]
    assert statuses(load("households", file(rows)))[6] == "bad"  # row 5 took the phone first


def test_a_household_that_stands_here_is_known_by_its_heads_name(file, load, cast):
    Household.objects.filter(pk=cast.household.pk).update(search_text="tra nha hoa nguyen thi hoa")
    read = load("households", file([["Họ tên", "SĐT", "Xã"], ["NGUYỄN THỊ HOA", cast.head.phone, "Tân Cương"]]))
    assert statuses(read) == {2: "known"}


@pytest.mark.parametrize(
    ("column", "marks"),
    [("Quan hệ với chủ hộ", ["Chủ hộ", "Vợ"]), ("Chủ hộ", ["x", ""]), ("Là chủ hộ", ["có", "không"])],
)
def test_who_is_head_is_said_in_several_ways(file, load, column, marks):
    rows = [["Họ đệm", "Tên", "Di động", "Mã xã", column]]
    rows += [
        ["Ma Thị", name, phone, 5503, mark]
        for name, phone, mark in zip("AB", ("0978345678", "0978345679"), marks, strict=True)
    ]
    read = load("households", file(rows))
    assert [row["values"]["head"] for row in read.values()] == [True, False]
    assert [row["values"]["name"] for row in read.values()] == ["Ma Thị A", "Ma Thị B"]
    assert {row["values"]["commune_code"] for row in read.values()} == {"05503"}
    assert [made.head is not None for made in Household.objects.filter(name__startswith="Ma Thị").order_by("name")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("05500", "05503"),
        ("xã Phúc Trìu, TP Thái Nguyên", "05503"),
        ("Tân Cương - Thái Nguyên", "05503"),
        ("tan cuong", "05503"),
        ("Lục Ngạn", None),
        ("07492", None),
        ("xã Không Có, TP Thái Nguyên", None),
        ("99999", None),
        ("", None),
    ],
)
def test_a_commune_is_found_by_its_codes_and_names_within_the_province(file, load, place, code):
    read = load("households", file([["Họ tên", "SĐT", "Xã"], ["A B", "0978345678", place]]), "--province", "19")
    assert read[2]["values"]["commune_code"] == code
    assert bool(read[2]["problems"]) is (code is None)


def test_an_address_in_one_cell_is_taken_apart(file, load):
    rows = [["Họ tên", "SĐT", "Địa chỉ"], ["A B", "0978345678", "Xóm Hồng Thái, xã Tân Cương, TP Thái Nguyên"]]
    values = load("households", file(rows))[2]["values"]
    assert (values["village"], values["commune_was"], values["commune_code"]) == (
        "Xóm Hồng Thái",
        "xã Tân Cương",
        "05503",
    )


def test_a_csv_in_an_old_font_is_read(tmp_path, load):
    path = tmp_path / "ds.csv"
    path.write_bytes("Hä vµ tªn;§iÖn tho¹i;X·\nNguyÔn V¨n Tó;0978345678;T©n C­¬ng\n".encode("latin-1"))
    row = load("households", path)[2]
    assert (row["sheet"], row["status"], row["values"]["name"]) == ("ds", "good", "Nguyễn Văn Tú")


@pytest.mark.usefixtures("_categories")
def test_listings_become_drafts_that_somebody_checks(file, load, cast):
    rows = load("listings", file(GOODS))
    assert statuses(rows) == {2: "good", 3: "bad", 4: "good", 5: "good", 6: "bad"}
    assert rows[2]["values"] == {
        "household": cast.household.phone,
        "name": "Chè búp Hồng Thái",
        "category": "Chè",
        "price_vnd": 250_000,
        "unit": "túi",
        "net_weight_g": 500,
        "stock": 200,
        "harvest_months": [3, 4, 5, 9],
        "ocop_stars": 3,
        "description": None,
    }
    assert codes(rows[3]) == [("household", "bad_household_code")]
    assert {code for _field, code in codes(rows[6])} == {
        *("unknown_category", "bad_price", "bad_unit", "bad_stock", "bad_months", "bad_stars")
    }
    made = {row.title: row for row in Product.objects.filter(household=cast.household)}
    assert {row.status for row in made.values()} == {ListingStatus.DRAFT}
    tea, honey, rice = (made[name] for name in ("Chè búp Hồng Thái", "Mật ong hoa rừng", "Lúa nếp"))
    assert (tea.sale_unit, tea.net_weight_g, tea.stockrecords.get().num_in_stock) == ("bag", 500, 200)
    assert "OCOP" in tea.check_note
    assert honey.check_note
    assert list(honey.categories.values_list("code", flat=True)) == ["mat-ong-hoa"]
    # A tạ is sold by the kilogram.
    assert (rice.sale_unit, int(rice.stockrecords.get().price), rice.stockrecords.get().num_in_stock) == (
        "kg",
        12_000,
        500,
    )
    assert not rice.check_note


@pytest.mark.usefixtures("_categories")
def test_the_same_goods_loaded_twice_change_nothing(file, load, cast):
    path = file([*GOODS[:2], GOODS[1]])
    assert statuses(load("listings", path)) == {2: "good", 3: "known"}
    before = list(Product.objects.order_by("pk").values())
    assert statuses(load("listings", path)) == {2: "known", 3: "known"}
    assert list(Product.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("_categories")
def test_goods_of_nobody_and_of_a_closed_account_are_refused(file, load, cast, now):
    Household.objects.filter(pk=cast.other_household.pk).update(closed_at=now - timedelta(days=1))
    row = ["Chè", "Chè", "25k", "kg"]
    rows = [["Mã hộ", "Tên hàng", "Loại", "Giá", "ĐVT"], ["0978999999", *row], [cast.other_head.phone, *row]]
    assert [codes(row) for row in load("listings", file(rows)).values()] == [[("household", "unknown_household")]] * 2
    assert not Product.objects.filter(title="Chè").exists()


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "trống"), (b"a,b\n\0,c", "bảng tính"), (b"PK\x03\x04", "không mở được")]
)
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path, content, words, db):
    path, out = tmp_path / "x.csv", tmp_path / "out.json"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_list", "households", str(path), "--json", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))["rows"] == []


def test_a_province_that_does_not_exist_is_refused(file, cast):
    with pytest.raises(CommandError):
        call_command("import_list", "households", str(file(LIST)), "--province", "99")


@pytest.mark.usefixtures("_categories")
def test_queries_do_not_grow_with_the_rows_that_are_read(file, django_assert_max_num_queries, cast):
    head = [["Mã hộ", "Tên hàng", "Loại", "Giá", "ĐVT"]]
    for count in (3, 150):
        rows = [[cast.head.phone, f"Chè loại {number}", "Chè", "25k", "kg"] for number in range(count)]
        with django_assert_max_num_queries(10):
            call_command("import_list", "listings", str(file(head + rows)), "--dry-run", stdout=io.StringIO())
    assert Category.objects.exists()


def test_words_above_every_official_list_are_no_commune(file, load):
    sheet = [
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None, "UBND XÃ TÂN CƯƠNG"],
        ["Họ tên", "SĐT", "Xóm"],
        ["Nguyễn Văn An", "0978345678", "Hồng Thái"],
    ]
    values = load("households", file(sheet), "--province", "19", "--dry-run")[3]["values"]
    assert (values["commune_code"], values["commune_was"]) == ("05503", "XÃ TÂN CƯƠNG")


def test_sum_under_the_households_is_no_row(file, load):
    sheet = [["SĐT", "Sản phẩm", "Giá", "Tồn"], ["0912000001", "Chè", "250k", 5], ["Cộng", None, None, 5]]
    assert list(load("listings", file(sheet), "--dry-run")) == [2]


def test_file_without_headings_is_refused(file, load):
    with pytest.raises(CommandError, match="Không thấy dòng tiêu đề cột"):
        load("households", file([["Kính gửi: Ủy ban nhân dân xã"], ["An", "0978345678"]]))
