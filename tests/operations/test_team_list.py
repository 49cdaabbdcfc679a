"""A province's list of teams and members: loaded whole and once, or sent back with the rows to mend."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import AuditEntry
from core.spreadsheets import BadSpreadsheet
from households.models import DigitalTeam, TeamMember
from households.services.team_lists import load_team_list, read_team_list

HEADINGS = ["Tỉnh", "Xã", "Tên tổ", "Thôn", "Họ và tên", "Điện thoại", "Vai trò"]
ROWS = [
    ["Thái Nguyên", "Tân Cương", "Tổ Nam Tiến", "Nam Tiến", "Đỗ Văn Sáu", "0987 000 001", "Tổ trưởng"],
    ["Thái Nguyên", "Tân Cương", "Tổ Nam Tiến", "Nam Tiến", "Bùi Thị Bảy", 987000002, "thành viên"],
    ["Bắc Ninh", "Lục Ngạn", "Tổ Lục Ngạn", "Xóm Hồng Thái", "Cao Tám", "+84987000003", ""],
]


def workbook(rows: list[list], headings: list[str] = HEADINGS, above: int = 0) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            for column, cell in enumerate(row):
                sheet.write(number + above, column, cell)
    return written.getvalue()


def send(desk, content: bytes, name: str = "to.xlsx"):
    typed = {"file": SimpleUploadedFile(name, content), "founded_date": "2026-10-01"}
    return desk.post("/van-hanh/to/danh-sach/", typed)


def test_a_list_founds_teams_opens_accounts_and_lets_everybody_serve(desk, cast):
    assert send(desk, workbook(ROWS)).status_code == 302
    team = DigitalTeam.objects.get(name="Tổ Nam Tiến")
    assert (team.village_name, team.commune, team.founded_date) == ("Nam Tiến", cast.commune, date(2026, 10, 1))
    roles = {member.user.phone: member.role for member in team.members.select_related("user")}
    assert roles == {"+84987000001": "leader", "+84987000002": "member"}
    assert cast.other_team.members.filter(user__phone="+84987000003").exists()
    made = AuditEntry.objects.filter(actor=cast.operator)
    counts = [made.filter(action=action).count() for action in ("found_team", "open_account", "add_team_member")]
    assert counts == [1, 3, 3]


def test_the_same_list_loaded_twice_changes_nothing(desk, cast):
    def everything() -> list:
        return [list(model.objects.order_by("pk").values()) for model in (DigitalTeam, TeamMember, User)]

    send(desk, workbook(ROWS))
    before, rows = everything()[:2], AuditEntry.objects.count()
    assert send(desk, workbook(ROWS)).status_code == 302
    assert everything()[:2] == before
    assert AuditEntry.objects.count() == rows


def test_who_left_serves_again_from_the_day_of_the_list(desk, cast, now):
    member = cast.other_team.members.get()
    TeamMember.objects.filter(pk=member.pk).update(left_at=now)
    row = ["Bắc Ninh", "Lục Ngạn", "Tổ Lục Ngạn", "", "Vũ Nam", "0912 000 005", "tổ trưởng"]
    send(desk, workbook([row]))
    member.refresh_from_db()
    assert member.left_at is None
    assert member.joined_at > now


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({5: "123"}, "số"),
        ({1: "Không Có Xã Này"}, "Không Có Xã Này"),
        ({2: ""}, "tên tổ"),
        ({4: ""}, "họ tên"),
    ],
)
def test_one_bad_row_sends_the_whole_list_back_with_its_number(desk, cast, change, said):
    bad = [change.get(column, cell) for column, cell in enumerate(ROWS[1])]
    before = User.objects.count()
    answer = send(desk, workbook([ROWS[0], bad, ROWS[2]]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="number">3</th>' in page
    assert said in page
    assert User.objects.count() == before


def test_rows_are_counted_as_the_spreadsheet_program_counts_them(cast):
    read = read_team_list(io.BytesIO(workbook([ROWS[0], ROWS[0]], above=0)))
    assert [problem.row for problem in read.problems] == [3]


def test_a_csv_with_semicolons_and_a_byte_order_mark_is_read(cast):
    text = "\n".join(";".join(str(cell) for cell in row) for row in [HEADINGS, *ROWS])
    read = read_team_list(io.BytesIO(text.encode("utf-8-sig")))
    assert [member.phone for member in read.members] == ["+84987000001", "+84987000002", "+84987000003"]
    assert read.problems == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no zip",
        b"\xd0\xcf\x11\xe0 no workbook",
        "Tỉnh;Xã".encode("utf-16"),
        b"a,b\0c",
        b"%PDF-1.7",
        workbook(ROWS, headings=["A", "B", "C", "D", "E", "F", "G"]),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_send(desk, cast, content):
    answer = send(desk, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_missing_columns_are_named(cast):
    with pytest.raises(BadSpreadsheet, match="dien thoai"):
        read_team_list(io.BytesIO(workbook([row[:5] for row in ROWS], headings=HEADINGS[:5])))


def test_a_longer_list_asks_no_more_queries(cast, now):
    def count(first: int, number: int) -> int:
        rows = [[*ROWS[0][:5], f"0987 1{row:05}", ""] for row in range(first, first + number)]
        read = read_team_list(io.BytesIO(workbook(rows)))
        with CaptureQueriesContext(connection) as queries:
            load_team_list(members=read.members, founded_date=date(2026, 10, 1), operator=cast.operator, now=now)
        return len(queries)

    count(0, 1)
    assert count(10, 3) == count(100, 40)
