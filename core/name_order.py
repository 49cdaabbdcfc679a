"""The one order of names: as Vietnamese does (TCVN 6712, the alphabet of the dictionary), the same on every database.

The letters are a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, with f j w z in their Latin places. Letters
decide first; then the tones (ngang, huyền, hỏi, ngã, sắc, nặng); capitals last. So "Đà Lạt" stands behind "Dương", "Ăn"
behind "Anh", and "dứa" and "Dứa" together.

PostgreSQL sorts by its ICU collation for Vietnamese. SQLite has none, so every connection gets a collation of the same
name from ``compare`` here; tests hold the two together. Every list that people read by a name is sorted by ``by_name``,
or by ``name_key`` where Python sorts.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.db.models.functions import Collate

VIETNAMESE = "vi-x-icu"
"""The collation's name: PostgreSQL brings it along where it was built with ICU, as every packaged one is."""

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_BEFORE_LETTERS = " _-–—,;:!?.…·'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$0123456789"
_RANK = {character: rank for rank, character in enumerate(_BEFORE_LETTERS + _LETTERS)}
_AFTER = len(_RANK)
"""Letters of other scripts come behind, by their code points."""

_TONES = {tone: rank for rank, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}
_OTHER_MARK = len(_TONES) + 1
_SHAPES = ("\u0306", "\u0302", "\u031b")
"""Breve, circumflex and horn: they make letters (ă, â, ơ), while every other mark stays a mark on its letter."""

Key = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...]]


def by_name(path: str) -> Collate:
    """The column in this order, for ``order_by``: ``order_by(by_name("household__name"), "pk")``."""
    return Collate(F(path), VIETNAMESE)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> Key:
    """The key by which ``sorted`` puts names in this order."""
    letters: list[int] = []
    marks: list[int] = []
    capitals: list[bool] = []
    for character in unicodedata.normalize("NFD", name):
        if unicodedata.combining(character):
            if marks and character in _SHAPES:
                letters[-1] = _with_shape(letters[-1], character)
            elif marks:
                marks[-1] = _TONES.get(character, _OTHER_MARK)
            continue
        small = character.lower()
        letters.append(_RANK.get(small, _AFTER + ord(small[0])))
        marks.append(0)
        capitals.append(small != character)
    return tuple(letters), tuple(marks), tuple(capitals)


def _with_shape(rank: int, shape: str) -> int:
    """The rank of a letter with a breve, circumflex or horn; of the bare one where there is no such letter."""
    plain = (_BEFORE_LETTERS + _LETTERS)[rank] if rank < _AFTER else ""
    return _RANK.get(unicodedata.normalize("NFC", plain + shape), rank)


def compare(one: str, other: str) -> int:
    """-1, 0 or 1, as a collation of SQLite answers."""
    first, second = name_key(one), name_key(other)
    return (first > second) - (first < second)


def add_collation(connection: Any, **_rest: Any) -> None:
    """Receiver of ``connection_created``: give a connection to SQLite the collation that PostgreSQL has."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(VIETNAMESE, compare)
