"""Weights, volumes and counts: "5kg", "nửa ký", "1kg5", "2 lạng", "1 chục".

``join_measures`` writes every measure of a text as one word ("5 kg", "5kí" and "5000 gr" become "5000g").
``read_measures`` takes the measures out of a query as facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GRAMS = {
    "g": 1, "gr": 1, "gam": 1, "gram": 1, "lạng": 100, "lang": 100, "kg": 1000, "kí": 1000, "kilo": 1000,
    "kilogam": 1000, "cân": 1000, "yến": 10_000, "yen": 10_000, "tạ": 100_000, "tấn": 1_000_000,
}  # fmt: skip
MILLILITRES = {"ml": 1, "l": 1000, "lít": 1000, "lit": 1000}
# "kí" and "ký" typed without tones.
BARE_UNITS = {"ki": 1000, "ky": 1000}
NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "nửa": 0.5, "mot": 1, "nua": 0.5,
}  # fmt: skip
MAX_AMOUNT = 10**9
"""A thousand tons in grams. A larger number is cut to this, because an index holds numbers of 64 bits only."""

_UNITS = {**GRAMS, **MILLILITRES, **BARE_UNITS}
_UNIT_NAMES = "|".join(sorted(_UNITS, key=len, reverse=True))
_NUMBER_NAMES = "|".join(sorted(NUMBERS, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?<![\w.,])(?:(?P<number>\d+(?:[.,]\d+)*)\s*|(?P<name>{_NUMBER_NAMES})\s+)"
    rf"(?P<unit>{_UNIT_NAMES})(?P<tenths>\d)?(?P<half>\s+(?:rưỡi|ruoi))?(?!\w)"
)
_COUNT = re.compile(rf"(?<!\w)(?:(?P<number>\d+|{_NUMBER_NAMES})\s*)?(?:chục|chuc)(?!\w)")


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in grams, ``unit`` "g", or of a liquid in millilitres, "ml"; one millilitre counts as one gram."""

    amount: int
    unit: str

    @property
    def word(self) -> str:
        return f"{self.amount}{self.unit}"


def join_measures(settled: str) -> str:
    """A lower-case text of settled spelling with every measure as one word."""
    return _MEASURE.sub(lambda found: f" {_measure(found).word} ", settled)


def read_measures(settled: str) -> tuple[tuple[Measure, ...], str]:
    """The measures in a lower-case text of settled spelling, and the text without them."""
    measures = tuple(_measure(found) for found in _MEASURE.finditer(settled))
    return measures, _MEASURE.sub(" ", settled)


def read_counts(settled: str) -> tuple[bool, str]:
    """Whether the text asks for a "chục" (ten pieces, in places twelve), and the text without it."""
    return bool(_COUNT.search(settled)), _COUNT.sub(" ", settled)


def _measure(found: re.Match[str]) -> Measure:
    unit = found["unit"]
    number = _number(found["number"]) if found["number"] else float(NUMBERS[found["name"]])
    if found["tenths"]:
        number += int(found["tenths"]) / 10
    if found["half"]:
        number += 0.5
    liquid = unit in MILLILITRES
    return Measure(min(round(number * _UNITS[unit]), MAX_AMOUNT), "ml" if liquid else "g")


def _number(text: str) -> float:
    """ "1.000" is a thousand, "1.5" and "1,5" are one and a half."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return float(text.replace(".", ""))
    return float(text.replace(",", ".").replace(".", "", text.replace(",", ".").count(".") - 1))
