"""Names of places as people write them: tones or none, old tone placement, "tp.", "P.1", "huyện" before the name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from core.text import fold

TITLES = {
    "xa": "Xã",
    "phuong": "Phường",
    "dac-khu": "Đặc khu",
    "tinh": "Tỉnh",
    "thanh-pho": "Thành phố",
}
# Every title that may stand before a name, those of former units too, with the short forms that people type.
SHORT_TITLES: dict[str, tuple[str, ...]] = {
    "tỉnh": (),
    "thành phố": ("tp", "t p"),
    "huyện": ("h",),
    "quận": ("q",),
    "thị xã": ("tx",),
    "thị trấn": ("tt",),
    "xã": ("x",),
    "phường": ("p",),
    "đặc khu": ("dk",),
    "huyện đảo": (),
    "xã đảo": (),
    "quần đảo": ("qd",),
    "đảo": (),
}
TITLES_OF_DISTRICTS = ("huyện", "quận", "thị xã", "thành phố", "huyện đảo")
TITLES_OF_ISLANDS = ("đặc khu", "huyện đảo", "xã đảo", "quần đảo", "đảo")
"""What is said before the name of an island; districts among them are special zones since July 2025."""
VILLAGES = ("xóm", "thôn", "ấp", "bản", "làng", "buôn", "plei", "khóm", "khu", "tổ", "khối", "đường", "phố", "ngõ")
"""What is said before the part of an address that lies within a commune."""
# Other names that everybody uses, by the name without its title, in lower case.
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "hồ chí minh": ("hcm", "tphcm", "sài gòn", "saigon", "sg"),
    "hà nội": ("hn",),
    "huế": ("thừa thiên huế",),
    "buôn ma thuột": ("ban mê thuột", "buôn mê thuột", "ban mê", "bmt"),
    "đắk lắk": ("đăk lăk", "đắc lắc", "daklak"),
    "đắk nông": ("đăk nông", "đắc nông", "daknong"),
    "bắc kạn": ("bắc cạn",),
}
# Parts of the country by the codes of today's provinces; what people say, no administrative units.
PARTS_OF_THE_COUNTRY: dict[str, tuple[str, ...]] = {
    "tây bắc": ("11", "12", "14", "15"),
    "đông bắc": ("04", "08", "19", "20", "22"),
    "tây nguyên": ("51", "52", "66", "68"),
    "miền tây": ("80", "82", "86", "91", "92", "96"),
    "đồng bằng sông cửu long": ("80", "82", "86", "91", "92", "96"),
    "miền trung": ("38", "40", "42", "44", "46", "48", "51", "52", "56", "66"),
    "đông nam bộ": ("75", "79", "80"),
}
_WRITTEN_TITLE = re.compile(rf"^({'|'.join(SHORT_TITLES)})\s+(?=\D)", re.IGNORECASE)
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
    return "".join(words_of(_WRITTEN_TITLE.sub("", name.strip())))


def keys_of(words: tuple[str, ...]) -> list[str]:
    """The forms under which typed words may be kept: as they are, and without a leading title.

    Both, because "Quan Sơn" is a name and "quan son" without tones could be a district's.
    """
    title, rest = _title_of(words)
    if not title:
        return ["".join(words)]
    return ["".join(words), title + rest[0] if rest[0].isdigit() and len(rest) == 1 else "".join(rest)]


def names_a_district(words: tuple[str, ...]) -> bool:
    """Whether a district's title stands before the name."""
    return _title_of(words)[0] in {_joined(title) for title in TITLES_OF_DISTRICTS}


def names_an_island(words: tuple[str, ...]) -> bool:
    """Whether the title of an island stands before the name."""
    return _title_of(words)[0] in {_joined(title) for title in TITLES_OF_ISLANDS}


def names_a_village(words: tuple[str, ...]) -> bool:
    """Whether this is what lies within a commune: a village, a street, the number of a house."""
    return words[0].isdigit() or any(words[: len(said)] == said for said in map(words_of, VILLAGES))


def other_keys_of(key: str) -> list[str]:
    """The keys of the other names that everybody uses for the unit that is kept under this key."""
    return _other_keys().get(key, [])


@lru_cache(maxsize=1)
def _other_keys() -> dict[str, list[str]]:
    return {key_of(name): [key_of(other) for other in others] for name, others in ALSO_CALLED.items()}


def _title_of(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The title that words begin with, in full and joined, and the rest; empty when they begin with none."""
    for length in (2, 1):
        if words[length:] and (title := _titles().get(words[:length])):
            return title, words[length:]
    return "", words


@lru_cache(maxsize=1)
def _titles() -> dict[tuple[str, ...], str]:
    """As typed, without tones and y as i, to the title in full: ("t", "p") to "thanhpho"."""
    return {words_of(form): _joined(title) for title, short in SHORT_TITLES.items() for form in (title, *short)}


def _joined(title: str) -> str:
    return "".join(words_of(title))


def toned(name: str) -> str:
    """The name in one word, each syllable's tone before it: "Hoà" and "Hòa" are one, "Hoa" is another."""
    bare = re.sub(r"['’ʼ`]", "", _WRITTEN_TITLE.sub("", unicodedata.normalize("NFC", name).strip()))
    return "".join(_tone_first(word) for word in re.findall(r"[^\W_]+", bare.casefold()))


def has_tones_of(text: str, name: str) -> bool:
    """Whether a text says a name with these very tones; both as ``toned`` gives them."""
    return re.search(rf"(?<![{_TONES}]){re.escape(name)}", text) is not None


def _tone_first(word: str) -> str:
    marks = unicodedata.normalize("NFD", word).replace("y", "i")
    return "".join(sorted(marks, key=lambda mark: mark not in _TONES))
