"""Vietnamese from before Unicode is read as its font showed it, and what is Unicode stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from core.legacy_text import decoded, from_tcvn3, from_vni, is_vietnamese, reading_of, repaired_rows

# Written by hand as Windows shows the bytes of a .VnTime and a VNI-Times document in a Western font.
TCVN3 = "NguyÔn V¨n Tó, xãm §ång TiÕn, x· T©n C­¬ng, chÌ bóp t­¬i, Lª ThÞ H­êng, NguyÔn §øc ThÞnh"
VNI = "Nguyeãn Vaên Tuù, xoùm Ñoàng Tieán, xaõ Taân Cöông, cheø buùp töôi, Leâ Thò Höôøng, Nguyeãn Ñöùc Thònh"
UNICODE = "Nguyễn Văn Tú, xóm Đồng Tiến, xã Tân Cương, chè búp tươi, Lê Thị Hường, Nguyễn Đức Thịnh"
SHOUTED = ("LÊ THỊ BÒ", "L£ THÞ Bß")


def test_each_font_is_read_as_it_looked():
    assert from_tcvn3(TCVN3) == UNICODE
    assert from_vni(VNI) == UNICODE
    assert from_vni("NGUYEÃN ÑÖÙC") == "NGUYỄN ĐỨC"


def test_marks_without_capitals_stand_in_words_of_capitals():
    assert from_tcvn3(SHOUTED[1]) == SHOUTED[0]
    assert from_tcvn3("Bµ §ç ThÞ Lý") == "Bà Đỗ Thị Lý"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (TCVN3, "tcvn3"),
        (VNI, "vni"),
        (UNICODE, "unicode"),
        (UNICODE.encode().decode("latin-1"), "utf-8"),
        ("Nguyen Van Tu", ""),
        ("Hoà", ""),
        ("Krông Búk", ""),
        ("Y Ngông Niê Kdăm", "unicode"),
        ("1½ kg", ""),
        ("30 °C", ""),
        ("25.000đ", "unicode"),
    ],
)
def test_a_text_says_which_reading_it_needs(text, reading):
    assert reading_of(text) == reading


def test_a_cell_that_could_be_either_is_read_as_its_column_is():
    rows = [["NguyÔn V¨n Hïng", "Tó", 912345678.0], ["Lª ThÞ H­êng", "Nam", 1], ["TrÇn Tó", "Tó", ""]]
    assert repaired_rows(rows) == [
        ["Nguyễn Văn Hùng", "Tú", 912345678.0],
        ["Lê Thị Hường", "Nam", 1],
        ["Trần Tú", "Tú", ""],
    ]
    unicode_rows = [["Nguyễn Văn Hùng", "Tó"], ["Lê Thị Hường", "Hoà"]]
    assert repaired_rows(unicode_rows) == unicode_rows


def test_decomposed_letters_are_composed():
    assert repaired_rows([[unicodedata.normalize("NFD", UNICODE)]]) == [[UNICODE]]


def windows_1258(text: str) -> bytes:
    """As Windows keeps it: letters with their own code, tones after them."""
    written = b""
    for letter in text:
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
            bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
            written += (bare + "".join(tones)).encode("cp1258")
    return written


@pytest.mark.parametrize(
    "content",
    [
        UNICODE.encode(),
        UNICODE.encode("utf-8-sig"),
        UNICODE.encode("utf-16"),
        UNICODE.encode("utf-16-le"),
        UNICODE.encode("utf-16-be"),
        windows_1258(UNICODE),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 with a mark", "utf-16-le", "utf-16-be", "windows-1258"],
)
def test_a_text_file_is_decoded_from_every_usual_encoding(content):
    assert decoded(content) == UNICODE


@pytest.mark.parametrize("written", [TCVN3, VNI])
def test_a_text_file_in_an_old_font_is_left_for_repair(written):
    assert repaired_rows([[decoded(written.encode("latin-1"))]]) == [[UNICODE]]


def test_no_syllable_ends_in_a_stop_with_another_tone_than_two():
    assert is_vietnamese("Đức, học")
    assert not is_vietnamese("Đừc")
