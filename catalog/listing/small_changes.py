"""Which changes of a listing on sale are so small that nobody need check them: one rule, ``is_small_change``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict

from rapidfuzz.distance import OSA

from catalog.listing.data import ListingData
from catalog.units import UNIT_WORDS
from core.text import nfc, words

MAX_SLIPS = 5
"""Words in which a letter was mended, in one text; more is no slip of the finger but another text."""
MIN_LETTERS = 4
"""Of a word in which one letter may be mended. Three letters name another thing with one of them changed: bò, bơ."""
SLIPPED_FIELDS = ("title", "description")

NUMBER_WORDS = frozenset(
    words(
        "không một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi chục tá trăm nghìn ngàn vạn triệu nửa rưỡi đôi"
    )
)
CLAIM_WORDS = frozenset(
    words(
        "hữu cơ organic vietgap globalgap haccp ocop iso sao hạng loại nhất sạch chuẩn đạt chứng nhận giấy kiểm định "
        "nguyên chất tự nhiên thuần không chưa chẳng đừng thuốc trừ sâu phân hóa hoá học chất bảo quản phẩm màu phụ "
        "gia đường muối biến đổi gen đặc sản chỉ dẫn địa lý truyền thống chữa trị bệnh"
    )
)
"""Words that say how much or how good: whatever mends one of them, or makes one, is checked."""
_GUARDED = NUMBER_WORDS | CLAIM_WORDS | UNIT_WORDS
_TOKEN = re.compile(
    r"[-+~≈≥≤<>]*\d+(?:\s*[-–—/×*]\s*\d+|[^\w\s]+\d+)*\+?"  # a number or a span of numbers
    r"|[^\W\d_]+"  # a word
    r"|[^\w\s.,;:!?\"'“”‘’()\-–—…]"  # a sign that is no punctuation: %, °, ★
)


def is_small_change(
    before: ListingData, after: ListingData, photos_before: Sequence[str], photos_after: Sequence[str]
) -> bool:
    """Whether ``after`` mends only slips of the finger in the words of ``before``, or adds photos behind the others.

    A slip: case, spaces and punctuation; or one letter wrong, missing, too many or two swapped in a word of at least
    ``MIN_LETTERS``, in at most ``MAX_SLIPS`` words of each text. Never small: a number, a unit, a word that claims
    quality, any other property, a photo that is gone or stands elsewhere. Price and stock are not looked at.
    Photos are named by their keys, in their order.
    """
    if list(photos_after[: len(photos_before)]) != list(photos_before):
        return False
    old, new = asdict(before), asdict(after)
    changed = {name for name in old if old[name] != new[name]} - {"price", "stock"}
    return changed <= set(SLIPPED_FIELDS) and all(_only_slips(old[name], new[name]) for name in changed)


def _only_slips(before: str, after: str) -> bool:
    old, new = (_TOKEN.findall(nfc(text).casefold()) for text in (before, after))
    if len(old) != len(new):
        return False
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(pairs) <= MAX_SLIPS and all(_is_slip(one, other) for one, other in pairs)


def _is_slip(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha()) or {one, other} & _GUARDED:
        return False
    return min(len(one), len(other)) >= MIN_LETTERS and OSA.distance(one, other) == 1
