"""Names of places as people write them: tones or none, old tone placement, "tp.", "P.1", "huyện" before the name."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from core.text import fold

TITLES = {
    "xa": "Xã",
    "phuong": "Phường",
    "dac-khu": "Đặc khu",
    "tinh": "Tỉnh",
    "thanh-pho": "Thành phố",
}
# What may stand before a name, without tones and y as i, and how it is written in full.
_TYPES = {
    ("tinh",): "tinh",
    ("thanh", "pho"): "thanhpho",
    ("t", "p"): "thanhpho",
    ("tp",): "thanhpho",
    ("huien",): "huien",
    ("h",): "huien",
    ("quan",): "quan",
    ("q",): "quan",
    ("thi", "xa"): "thixa",
    ("tx",): "thixa",
    ("thi", "tran"): "thitran",
    ("tt",): "thitran",
    ("xa",): "xa",
    ("x",): "xa",
    ("phuong",): "phuong",
    ("p",): "phuong",
    ("dac", "khu"): "dackhu",
    ("dk",): "dackhu",
}
_DISTRICTS = {"huien", "quan", "thixa", "thanhpho"}
_WRITTEN_TYPE = re.compile(r"^(Tỉnh|Thành phố|Huyện|Quận|Thị xã|Thị trấn|Xã|Phường|Đặc khu)\s+(?=\D)", re.IGNORECASE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def full_name(unit: Any) -> str:
    """A province or commune with its title: "Phường Tân Định"."""
    return f"{TITLES[unit.kind]} {unit.name}"


def words_of(text: str) -> tuple[str, ...]:
    """The words without tones or punctuation; letters and numbers apart, "ỳ" as "ì", apostrophes gone."""
    folded = re.sub(r"['’ʼ`]", "", fold(text)).replace("y", "i")
    return tuple(word.lstrip("0") or "0" for word in re.findall(r"[a-z]+|[0-9]+", folded))


def key_of(name: str) -> str:
    """The form in which a well-written name is kept: "Xã Ea H'Leo" as "eahleo", "Phường 01" as "phuong1"."""
    return "".join(words_of(_WRITTEN_TYPE.sub("", name.strip())))


def keys_of(words: tuple[str, ...]) -> list[str]:
    """The forms under which typed words may be kept: as they are, and without a leading type.

    Both, because "Quan Sơn" is a name and "quan son" without tones could be a district's.
    """
    kind, rest = _type_of(words)
    if not kind:
        return ["".join(words)]
    return ["".join(words), kind + rest[0] if rest[0].isdigit() and len(rest) == 1 else "".join(rest)]


def names_a_district(words: tuple[str, ...]) -> bool:
    """Whether a district's type stands before the name."""
    return _type_of(words)[0] in _DISTRICTS


def _type_of(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    for length in (2, 1):
        if words[:length] in _TYPES and words[length:]:
            return _TYPES[words[:length]], words[length:]
    return "", words


def toned(name: str) -> str:
    """The name in one word, each syllable's tone before it: "Hoà" and "Hòa" are one, "Hoa" is another."""
    bare = re.sub(r"['’ʼ`]", "", _WRITTEN_TYPE.sub("", unicodedata.normalize("NFC", name).strip()))
    return "".join(_tone_first(word) for word in re.findall(r"[^\W_]+", bare.casefold()))


def has_tones_of(text: str, name: str) -> bool:
    """Whether a text says a name with these very tones; both as ``toned`` gives them."""
    return re.search(rf"(?<![{_TONES}]){re.escape(name)}", text) is not None


def _tone_first(word: str) -> str:
    marks = unicodedata.normalize("NFD", word).replace("y", "i")
    return "".join(sorted(marks, key=lambda mark: mark not in _TONES))
