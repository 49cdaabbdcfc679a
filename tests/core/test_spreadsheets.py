"""What a spreadsheet says is read from every program that people keep lists in; what is no list is refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.utils import translation

from core import spreadsheets
from core.spreadsheets import BadSpreadsheet, Sheet, read_rows, read_sheets

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Hộ"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Họ tên</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="912345678"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def workbook(fill) -> io.BytesIO:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        fill(book)
    written.seek(0)
    return written


def of_csv(text: str, encoding: str = "utf-8") -> list[tuple[int, list]]:
    return read_sheets(io.BytesIO(text.encode(encoding)), name="ds")[0].rows


def test_rows_have_the_numbers_of_the_program_and_cells_their_kinds():
    def fill(book):
        sheet = book.add_worksheet("Hộ")
        sheet.write(2, 1, " Nguyễn  A ")
        sheet.write_number(5, 1, 912345678)
        sheet.write_boolean(5, 2, True)
        sheet.write_datetime(6, 1, date(1975, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula(7, 1, "=1+1", None, 2)

    assert read_sheets(workbook(fill)) == [
        Sheet("Hộ", [(3, ["Nguyễn  A", ""]), (6, [912345678, True]), (7, [date(1975, 3, 12), ""]), (8, [2, ""])])
    ]


def test_a_cell_merged_downwards_stands_in_each_of_its_rows():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 2, 0, "Xóm Hồng Thái")
        for row, name in enumerate(["An", "Bình", "Cúc", "Dũng"]):
            sheet.write(row, 1, name)

    rows = [cells for _number, cells in read_sheets(workbook(fill))[0].rows]
    assert rows == [["Xóm Hồng Thái", "An"], ["Xóm Hồng Thái", "Bình"], ["Xóm Hồng Thái", "Cúc"], ["", "Dũng"]]


def test_every_sheet_that_is_shown_is_read_and_empty_rows_are_not():
    def fill(book):
        book.add_worksheet("Một").write(200_000, 0, "x")
        hidden = book.add_worksheet("Ẩn")
        hidden.write(0, 0, "y")
        hidden.hide()
        book.add_worksheet("Hai").write(0, 0, "z")

    assert read_sheets(workbook(fill)) == [Sheet("Một", [(200_001, ["x"])]), Sheet("Hai", [(1, ["z"])])]


def test_an_ods_is_read_like_the_others():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ODS)
        book.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    packed.seek(0)
    assert read_rows(packed) == [(3, ["Họ tên", "912345678"])]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Tên,Giá\nChè,25\n", [(1, ["Tên", "Giá"]), (2, ["Chè", "25"])]),
        ("DANH SÁCH\nTên;Giá\nChè;1,5\n", [(1, ["DANH SÁCH"]), (2, ["Tên", "Giá"]), (3, ["Chè", "1,5"])]),
        ("sep=;\nTên;Giá\n", [(1, ["Tên", "Giá"])]),
        ("Tên\tGiá\n\nChè\t5\n", [(1, ["Tên", "Giá"]), (3, ["Chè", "5"])]),
        (
            'Tên,Mô tả\n"Chè","hai\ndòng"\nGạo,x\n',
            [(1, ["Tên", "Mô tả"]), (2, ["Chè", "hai\ndòng"]), (3, ["Gạo", "x"])],
        ),
        ('Tên,Giá\n"Chè,25\nGạo,20\n', [(1, ["Tên", "Giá"]), (2, ['"Chè', "25"]), (3, ["Gạo", "20"])]),
        ("một dòng", [(1, ["một dòng"])]),
    ],
    ids=["comma", "semicolon", "told", "tab", "two lines in a cell", "a lone quote", "one line"],
)
def test_a_csv_is_cut_where_its_program_cut_it(text, rows):
    assert of_csv(text) == rows


def test_a_csv_that_a_program_saved_as_unicode_text_is_read():
    assert of_csv("Tên\tGiá\nChè\t25\n", "utf-16") == [(1, ["Tên", "Giá"]), (2, ["Chè", "25"])]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"\0" * (spreadsheets.MAX_UNPACKED_BYTES + 1))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"a,b\n\0,c\n", "no spreadsheet"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0 broken", "cannot be opened"),
        (b"x" * 1001, "larger than"),
        ("\n".join(["x"] * 300).encode(), "rows"),
    ],
    ids=["empty", "NUL", "broken XLSX", "broken XLS", "too large", "too many rows"],
)
def test_what_is_no_list_is_refused_in_words(content, words, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_BYTES", 1000)
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 200)
    with pytest.raises(BadSpreadsheet) as refusal:
        read_sheets(io.BytesIO(content))
    with translation.override("en"):
        assert words in str(refusal.value.message)


def test_a_file_that_unpacks_without_end_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_UNPACKED_BYTES", 3_000_000)
    monkeypatch.setattr(spreadsheets.CalamineWorkbook, "from_filelike", None)
    with translation.override("en"), pytest.raises(BadSpreadsheet, match="unpacks"):
        read_sheets(io.BytesIO(bomb()))
