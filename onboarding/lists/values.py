"""What people write into the cells of a list, read as what they mean: dates, months, amounts, weights, yes and no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.phones import BadPhone, parse_phone
from core.spreadsheets import Cell, text_of
from core.text import fold, nfc

OLDEST_BIRTH_YEAR = 1900
YOUNGEST_PERSON = 10
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
_NOTHING = re.compile(r"[-–—_./\s]*|(khong co|chua co|khong|chua ro|khong ro|n/?a|null|none|#\S*)")
SHORTEST_PHONE = 9
_BETWEEN_PHONES = re.compile(r"[/;,|\\()]|\b(?:hoặc|và)\b|(?<=\d)\s*\+|\s-\s", re.IGNORECASE)
_MONTH_WORDS = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_MONTH_IN_WORDS = re.compile(
    rf"\bthang ({'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))}|bon)\b(?!\s*(?:thang\s*)?\d)"
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
CROSSES = ("x", "v", "✓", "✔", "☑", "√", "ü", "þ", "+", "*", "1")
"""How a cell is ticked; ü and þ are a tick and a ticked box of the font Wingdings."""
_ROUNDED = re.compile(r"(\d(?:[.,](\d+))?)[eE]\+?(\d+)")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What to mend in one field; ``code`` is for programs, ``message`` for people, in their language."""

    field: str
    code: str
    message: str


class Unreadable(ValueError):
    """A cell that says nothing that its field could mean."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def said(cell: Cell) -> str:
    """The cell's words in one line; empty for "-", "không có" and other ways to say that there is nothing."""
    text = " ".join(nfc(text_of(cell)).split())
    return "" if _NOTHING.fullmatch(fold(text)) else text


def phone_of(cell: Cell) -> str:
    """The first phone number of a cell in E.164, also without its leading 0.

    Raises Unreadable.
    """
    words = digits_of(cell)
    digits = re.sub(r"[^0-9]", "", words)
    joined = [digits[:length] for length in (10, 11) if len(digits) - length >= SHORTEST_PHONE]
    for part in (words, *(part for part in _BETWEEN_PHONES.split(words) if re.search(r"\d{3}", part)), *joined):
        try:
            return parse_phone(part)
        except BadPhone as error:
            refused = error
    raise Unreadable("bad_phone", str(refused))


def digits_of(cell: Cell) -> str:
    """A cell of digits as text: a number without its point, and "9.12345678E+8" when no digit was rounded away.

    Raises Unreadable for a number that the program shortened.
    """
    text = said(cell).lstrip("'‘’`")
    if match := _ROUNDED.fullmatch(text):
        if len(match[2] or "") != int(match[3]):
            raise Unreadable(
                "digits_lost", _("The program rounded this number. Set the column to text and type it again.")
            )
        return str(int(Decimal(text.replace(",", "."))))
    return text


def citizen_id_of(cell: Cell) -> str:
    """Twelve digits, or nine of an identity card from before; zeros that a number lost at its front come back.

    Raises Unreadable.
    """
    text = digits_of(cell)
    digits = re.sub(r"[\s.\-]", "", re.sub(r"^[^\W\d_]+[\s:.]*", "", text))
    if not re.fullmatch(r"[0-9]+", digits):
        raise Unreadable("bad_citizen_id", _("An identity number has 12 digits and nothing else."))
    if len(digits) in (10, 11):
        digits = digits.zfill(12)
    if not re.fullmatch(r"0\d{11}|\d{9}", digits):
        raise Unreadable("bad_citizen_id", _("An identity number has 12 digits and nothing else."))
    return digits


def birth_year_of(cell: Cell, *, heading: str, this_year: int) -> int:
    """The year out of "1975", "12/3/75", "ngày 12 tháng 3 năm 1975" or a date. Raises Unreadable."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        serial = (day - FIRST_DAY_OF_EXCEL) // timedelta(days=1)
        # A year in a cell that is set to show dates: 1975 is the day 28/5/1905.
        is_year = "ngay" not in heading and OLDEST_BIRTH_YEAR <= serial <= this_year
        return _plausible_year(serial if is_year else day.year, this_year)
    text = fold(said(cell))
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text):
        return _plausible_year(int(match[1]), this_year)
    if match := re.fullmatch(r"[0-3]\d[01]\d((?:19|20)\d\d)|((?:19|20)\d\d)[01]\d[0-3]\d", text):
        return _plausible_year(int(match[1] or match[2]), this_year)
    if re.fullmatch(r"[1-4]\d{4}(?:\.0)?", text):  # a date as the number that the program keeps for it
        return _plausible_year((FIRST_DAY_OF_EXCEL + timedelta(days=int(float(text)))).year, this_year)
    if match := re.fullmatch(r"(?:\d{1,2}\s*[/.\-]\s*){0,2}(\d\d)|(?:.*[^\d])?(?:[a-z]{2,}[\s.\-]*)(\d\d)", text):
        year = 2000 + int(match[1] or match[2])
        return _plausible_year(year if year <= this_year - YOUNGEST_PERSON else year - 100, this_year)
    raise Unreadable("bad_birth_year", _("Write the year of birth with four digits, for example 1975."))


def _plausible_year(year: int, this_year: int) -> int:
    if not OLDEST_BIRTH_YEAR <= year <= this_year:
        raise Unreadable("bad_birth_year", _("Write the year of birth with four digits, for example 1975."))
    return year


def is_head(cell: Cell) -> bool:
    """ "x", "có", "Chủ hộ" and yes; "vợ", "con", "không" and an empty cell say no."""
    if isinstance(cell, bool):
        return cell
    text = nfc(text_of(cell)).strip().replace("\ufe0f", "").lower()
    words = fold(text).strip(" .*")
    is_said = words in ("co", "yes", "y", "true", "d", "dung", "ch", "ban than")
    return is_said or text in CROSSES or words in CROSSES or bool(re.match(r"(la )?chu ho\b", words))


def months_of(cell: Cell) -> list[int]:
    """Months in order out of "3,4,5", "tháng 3-5", "T10 đến T2", "quanh năm" or a date that was "3-5" once.

    Raises Unreadable.
    """
    if isinstance(cell, date):
        return _span(cell.day, cell.month) if cell.day <= 12 else [cell.month]
    text = re.sub(r"[()]", " ", fold(said(cell))).replace("gieng", "1").replace("chap", "12").strip()
    if re.search(r"quanh nam|ca nam|4 mua|bon mua|hang thang|moi thang", text) or re.match(r"(du )?12 thang", text):
        return list(range(1, 13))
    if re.fullmatch(r"[ivx]+(?:[\s,;-]+[ivx]+)*", text):
        text = re.sub(r"[ivx]+", lambda roman: str(_ROMAN.get(roman[0], 0)), text)
    text = re.sub(r"\bquy (iv|i{1,3}|[1-4])(?![\da-z])", _quarter, text)
    text = _MONTH_IN_WORDS.sub(lambda word: str(_MONTH_WORDS.index(word[1].replace("bon", "tu")) + 1), text)
    text = re.sub(
        r"\bthang\b|\bth?\.?\s?(?=\d)|\bnam (sau|toi|truoc|nay)\b|/\s*20\d\d\b", " ", re.sub(r"(?<=\d)\.0\b", "", text)
    )
    text = re.sub(r"\bden( het)?\b|\btoi\b|->|→|[–—~]", "-", re.sub(r"\b(dau|giua|cuoi|khoang|vao)\b", " ", text))
    text = re.sub(r"\bva\b|[,;./&+]", " , ", re.sub(r"\btu\b|\b(am|duong) lich\b|\bdl\b|\bhang nam\b", " ", text))
    months: list[int] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        if not (match := re.fullmatch(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?(?:\s+(\d{1,2}))*", part)):
            raise Unreadable("bad_months", _("Write the harvest months as numbers, for example 3, 4, 5 or 3-5."))
        numbers = [int(number) for number in re.findall(r"\d+", part)]
        if any(not 1 <= number <= 12 for number in numbers):
            raise Unreadable("bad_months", _("A month is from 1 to 12."))
        months += _span(numbers[0], numbers[1]) + numbers[2:] if match[2] else numbers
    if not months:
        raise Unreadable("bad_months", _("Write the harvest months as numbers, for example 3, 4, 5 or 3-5."))
    return sorted(set(months))


def _quarter(found: re.Match[str]) -> str:
    first = (_ROMAN.get(found[1]) or int(found[1])) * 3 - 2
    return f"{first}-{first + 2}"


def _span(first: int, last: int) -> list[int]:
    """From one month to another, over the turn of the year where needed: 10 to 2."""
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]


def stars_of(cell: Cell) -> int | None:
    """The stars of OCOP out of "4 sao", "OCOP 4*", "★★★★" or "bốn sao": 3 to 5; None for "chưa đạt" and 0.

    Raises Unreadable.
    """
    text = fold(said(cell))
    if re.match(r"(chua|dang|khong)\b|0+(?:[.,]0)?(?:\s*(?:sao|\*))?$", text):
        return None
    words = {"ba": 3, "bon": 4, "nam": 5}
    drawn = 0 if re.search(r"\d\s*[★⭐]", text) else len(re.findall(r"[★⭐]|(?<!\d)\*", text))
    spoken = next((number for word, number in words.items() if re.search(rf"\b{word}\b", text)), 0)
    counted = re.search(r"(?<!\d)(\d)(?!\d)", text)
    stars = drawn or (int(counted[1]) if counted else spoken)
    if not 3 <= stars <= 5:
        raise Unreadable("bad_stars", _("OCOP gives 3, 4 or 5 stars. Leave the cell empty for a product without."))
    return stars
