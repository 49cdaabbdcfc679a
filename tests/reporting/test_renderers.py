"""Files that a Vietnamese Excel opens as it should, and that no cell can turn into a program."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.periods import VIETNAM
from reporting.renderers import MAX_XLSX_ROWS, TooManyRows, write_csv, write_xlsx
from reporting.reports import ColumnKind, ReportColumn

COLUMNS = (
    ReportColumn("Tên"),
    ReportColumn("Số", ColumnKind.NUMBER),
    ReportColumn("Ngày", ColumnKind.DATE),
)
DANGEROUS = [
    "=1+1",
    "+84912",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    '=cmd|"/c calc"!A1',
    "\ufeff=1",
]


def csv_of(rows, folder: Path) -> bytes:
    path = folder / "x.csv"
    write_csv(path, COLUMNS, rows, notes=[("=a", "=b")])
    return path.read_bytes()


def sheets_of(rows, folder: Path):
    path = folder / "x.xlsx"
    made_at = datetime(2026, 10, 1, tzinfo=VIETNAM)
    written = write_xlsx(path, COLUMNS, rows, title="Báo cáo", notes=[("=a", "=b")], made_at=made_at)
    assert written.row_count == len(rows)
    return load_workbook(io.BytesIO(path.read_bytes()))


def test_csv_is_as_vietnamese_excel_expects_it(tmp_path):
    written = csv_of([("Xã Tân Cương; Thái Nguyên", 125_800, date(2022, 12, 31)), ("", 0, None)], tmp_path)
    rows, notes = written.split(b"\r\n\r\n")
    assert notes.startswith(b"'=a;'=b\r\n")
    assert rows + b"\r\n" == (
        b"\xef\xbb\xbf" + 'Tên;Số;Ngày\r\n"Xã Tân Cương; Thái Nguyên";125800;31/12/2022\r\n;0;\r\n'.encode()
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_never_starts_a_cell_as_a_formula(tmp_path, text):
    cell = csv_of([(text, 1, None)], tmp_path).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert cell.startswith(f"'{text[:2].replace(chr(34), '')}")


@pytest.mark.parametrize("text", ["05503", "0912000001", "0", "220123456789012", "3/2", "1-2", "2.9.1945", "1E5"])
def test_a_code_keeps_all_its_digits_in_excel(tmp_path, text):
    [cell, *_rest] = next(
        row
        for row in csv.reader(csv_of([(text, 1, None)], tmp_path).decode("utf-8-sig").splitlines()[1:], delimiter=";")
    )
    assert cell == (text if text == "0" else f'="{text}"')


def test_words_never_get_into_a_formula_of_ours(tmp_path):
    for text in ('05503"&cmd', "05503\n=1+1", "0912+1"):
        assert '="' not in csv_of([(text, 1, None)], tmp_path).decode("utf-8-sig").replace('""', '"')


@pytest.mark.parametrize("text", ["Hộ 1", "a=b", "19", "2210000002", "2210000002-1", "1-2 kg", ""])
def test_harmless_text_stays_as_it_is(tmp_path, text):
    assert csv_of([(text, 1, None)], tmp_path).decode("utf-8-sig").split("\r\n")[1] == f"{text};1;"


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_keeps_dangerous_text_as_text(tmp_path, text):
    cell = sheets_of([(text, 1, None)], tmp_path).worksheets[0]["A3"]
    assert cell.data_type == "s"


def test_xlsx_has_real_numbers_and_dates_in_vietnamese_order(tmp_path):
    sheet, notes = sheets_of([("Hộ", 125_800, date(2022, 12, 31))], tmp_path).worksheets
    assert [sheet["A1"].value, sheet["A2"].value] == ["Báo cáo", "Tên"]
    assert (sheet["B3"].value, sheet["B3"].number_format) == (125_800, "#,##0")
    assert (sheet["C3"].value.date(), sheet["C3"].number_format) == (date(2022, 12, 31), "dd/mm/yyyy")
    assert notes["A1"].data_type == "s"


def test_same_rows_make_the_same_bytes(tmp_path):
    rows = [("Hộ", 1, date(2022, 1, 1))]
    assert csv_of(rows, tmp_path) == csv_of(rows, tmp_path)
    sheets_of(rows, tmp_path)
    first = (tmp_path / "x.xlsx").read_bytes()
    sheets_of(rows, tmp_path)
    assert (tmp_path / "x.xlsx").read_bytes() == first


def test_rows_that_a_sheet_would_drop_are_refused(tmp_path, monkeypatch):
    assert MAX_XLSX_ROWS == 1_048_576 - 2  # the title and the heading stand above
    monkeypatch.setattr("reporting.renderers.MAX_XLSX_ROWS", 2)
    sheets_of([("Hộ", 1, None)] * 2, tmp_path)
    with pytest.raises(TooManyRows, match="CSV"):
        sheets_of([("Hộ", 1, None)] * 3, tmp_path)
