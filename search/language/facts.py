"""Facts in a query: prices, OCOP stars, months, counts and weights. Each reader takes its words out of the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from search.language.measures import read_counts, read_measures
from search.language.query import Facts

_UNIT = r"(?:trăm|tram)?\s*(?:nghìn|nghin|ngàn|ngan)|k|đồng|dong|đ|d|vnđ|vnd|triệu|trieu|tr"
_AMOUNT = rf"(\d+(?:[.,]\d+)*)\s*({_UNIT})?(?!\w)"
_PRICE_BETWEEN = re.compile(rf"(?:giá\s+|gia\s+)?(?:từ|tu)?\s*(?<!\w){_AMOUNT}\s*(?:-|–|đến|den|tới|toi)\s*{_AMOUNT}")
_PRICE_BELOW = re.compile(
    rf"(?:giá\s+|gia\s+)?(?:(?<!\w)(?:dưới|duoi|không quá|khong qua|tối đa|toi da)|<)\s*{_AMOUNT}"
)
_PRICE_ABOVE = re.compile(
    rf"(?:giá\s+|gia\s+)?(?:(?<!\w)(?:trên|tren|hơn|hon|ít nhất|it nhat|tối thiểu|toi thieu)|>)\s*{_AMOUNT}"
)
_PRICE_UPWARDS = re.compile(rf"(?:giá\s+|gia\s+)?(?:(?:từ|tu)\s+)?(?<!\w){_AMOUNT}\s*(?:trở lên|tro len|đổ lên|do len)")
_PRICE_DOWNWARDS = re.compile(
    rf"(?:giá\s+|gia\s+)?(?:(?:từ|tu)\s+)?(?<!\w){_AMOUNT}\s*(?:trở xuống|tro xuong|đổ lại|do lai|đổ xuống)"
)
_ONE_SIDED = (
    ("price_at_least", _PRICE_UPWARDS),
    ("price_at_most", _PRICE_DOWNWARDS),
    ("price_at_most", _PRICE_BELOW),
    ("price_at_least", _PRICE_ABOVE),
)
_PRICE_ABOUT = re.compile(rf"(?<!\w)(?:(?:giá|gia)\s+)?(?:(?:tầm|tam|khoảng|khoang|cỡ)\s+)?(?:giá\s+|gia\s+)?{_AMOUNT}")
_STARS = re.compile(r"(?<!\w)(?:đạt\s+)?(\d|ba|bốn|bon|năm)\s*(?:sao(?!\w)|\*|★)(\s*(?:trở lên|tro len))?")
_OCOP = re.compile(r"(?<!\w)ocop(?!\w)")
_MONTH = re.compile(r"(?<!\w)(?:(?:mùa|mua|vụ)\s+)?(?:tháng|thang)\s*(1[0-2]|[1-9]|giêng|gieng|chạp|chap)(?!\w)")
_MONTH_NAMES = {"giêng": 1, "gieng": 1, "chạp": 12, "chap": 12}
_IN_SEASON = re.compile(
    r"(?<!\w)(?:(?:đang|đúng|chính|vào|theo)\s+(?:mùa|vụ)|mùa này|vụ này"
    r"|(?:dang|dung|chinh|vao|theo)\s+(?:mua|vu)|mua nay)(?!\w)"
)
_THOUSAND = ("nghìn", "nghin", "ngàn", "ngan")
_FACTOR = {
    "k": 1000,
    **dict.fromkeys(_THOUSAND, 1000),
    **{f"{hundred} {thousand}": 10**5 for hundred in ("trăm", "tram") for thousand in _THOUSAND},
    "triệu": 10**6,
    "trieu": 10**6,
    "tr": 10**6,
}
_STAR_WORDS = {"ba": 3, "bốn": 4, "bon": 4, "năm": 5}
_ABOUT = 0.25  # "khoảng 100k" means 75,000 to 125,000 dong
_MIN_PRICE, _MAX_PRICE = 1000, 10**12
MAX_STARS = 5


def read_facts(settled: str) -> tuple[Facts, str]:
    """The facts in a lower-case text of settled spelling, and the text without them."""
    facts = Facts()
    readers: tuple[Callable[[Facts, str], tuple[Facts, str]], ...] = (_prices, _stars, _months, _counts, _weights)
    for reader in readers:
        facts, settled = reader(facts, settled)
    return facts, " ".join(settled.split())


def _prices(facts: Facts, text: str) -> tuple[Facts, str]:
    if found := _PRICE_BETWEEN.search(text):
        unit = found[2] or found[4]
        low, high = _dong(found[1], unit), _dong(found[3], found[4] or unit)
        if low is not None and high is not None and low < high:
            return replace(facts, price_at_least=low, price_at_most=high), _without(found)
    for limit, pattern in _ONE_SIDED:
        if (found := pattern.search(text)) and (amount := _dong(found[1], found[2])) is not None:
            limits: dict[str, Any] = {limit: amount}
            return replace(facts, **limits), _without(found)
    for found in _PRICE_ABOUT.finditer(text):
        if found[2] and (about := _dong(found[1], found[2])) is not None:
            low, high = round(about * (1 - _ABOUT)), round(about * (1 + _ABOUT))
            return replace(facts, price_at_least=low, price_at_most=high), _without(found)
    return facts, text


def _dong(number: str, unit: str | None) -> int | None:
    """An amount in whole dong, or None where the number cannot be a price (below 1,000 or above 10**12)."""
    factor = _FACTOR.get(" ".join((unit or "").split()), 1)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    plain = re.sub(r"[.,]", "", number) if grouped else number.replace(",", ".")
    try:
        amount = round(float(plain) * factor)
    except (ValueError, OverflowError):
        return None
    return amount if _MIN_PRICE <= amount <= _MAX_PRICE else None


def _stars(facts: Facts, text: str) -> tuple[Facts, str]:
    ocop = bool(_OCOP.search(text))
    text = _OCOP.sub(" ", text)
    found = _STARS.search(text)
    if not found:
        return replace(facts, ocop=ocop), text
    count = int(found[1]) if found[1].isdigit() else _STAR_WORDS[found[1]]
    if not 1 <= count <= MAX_STARS:
        return replace(facts, ocop=ocop), text
    stars = tuple(range(count, MAX_STARS + 1)) if found[2] else (count,)
    return replace(facts, ocop=ocop, stars=stars), _without(found)


def _months(facts: Facts, text: str) -> tuple[Facts, str]:
    months = tuple(dict.fromkeys(_MONTH_NAMES.get(month) or int(month) for month in _MONTH.findall(text)))
    in_season = bool(_IN_SEASON.search(text))
    return replace(facts, months=months, in_season=in_season), _IN_SEASON.sub(" ", _MONTH.sub(" ", text))


def _counts(facts: Facts, text: str) -> tuple[Facts, str]:
    by_the_chuc, rest = read_counts(text)
    return replace(facts, unit_words=("chục",) if by_the_chuc else ()), rest


def _weights(facts: Facts, text: str) -> tuple[Facts, str]:
    measures, rest = read_measures(text)
    return replace(facts, measures=measures), rest


def _without(found: re.Match[str]) -> str:
    return found.string[: found.start()] + " " + found.string[found.end() :]
