"""Which commune or province is meant: names are matched however they are typed, former ones lead to today's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from core.name_order import Key, name_key
from core.text import fold, nfc
from households.places.index import FoundCommune, FoundProvince, UnitName, place_index
from households.places.names import (
    TITLES,
    has_tones_of,
    keys_of,
    names_a_district,
    names_a_village,
    names_an_island,
    toned,
    words_of,
)

MAX_TEXT_LENGTH = 160
Words = tuple[str, ...]


def find_provinces(text: str) -> list[FoundProvince]:
    """Today's provinces that are, or took in, what is named: "tp hcm", "Hoà Bình", "bac kan"."""
    keys = set(keys_of(words_of(text[:MAX_TEXT_LENGTH])))
    return [province for province in place_index().provinces if keys & province.keys]


def find_communes(text: str, province: str | None = None) -> list[FoundCommune]:
    """Today's communes that may be meant by "Tân Cương", "xa tan cuong, thai nguyen", "P.1, Q.8, TP HCM".

    A former commune or district leads to what took it in, which may be several. What stands before the commune (a
    street, a village) is passed over. ``province`` is a code and narrows the answer. The likeliest come first.
    """
    index = place_index()
    for own, area in _readings(text):
        found = _named(index.by_name, own, area, text, province)
        if not found or found[0].former or (names_a_district(own) and "".join(own) not in index.by_name):
            found = _named(index.by_district, own, area, text, province) or found
        if found:
            return found
    return []


def _named(
    names: Mapping[str, list[UnitName]], own: Words, area: Words, text: str, province: str | None
) -> list[FoundCommune]:
    found = [name for name in _under(names, own) if _lies_in(name, area)]
    islands = [name for name in found if name.commune.kind == "dac-khu"] if names_an_island(own) else []
    return _best(islands or found, text, province)


def names_unknown_commune(text: str) -> bool:
    """Does the text begin with the name of no commune or district, today's or former, and go on with a place that is
    one? In "Không Có, Đại Từ" the commune is unknown, whatever Đại Từ is. A village or a street may stand in front."""
    index = place_index()
    first, *others = [words_of(part) for part in _parts(text)] or [()]
    if not first or not others or names_a_village(first):
        return False
    return not any(key in index.by_name or key in index.by_district for key in keys_of(first))


def near_communes(text: str, province: str | None = None, *, most: int = 5) -> list[FoundCommune]:
    """For a text that names no commune: the same name elsewhere, otherwise names spelt much alike."""
    readings = list(_readings(text.split(",")[0])) or list(_readings(text))
    names = place_index().by_name
    alike = next((named for own, _area in readings if (named := _under(names, own))), [])
    return _best(alike or _spelt_alike(text, most), text, province)[:most] or _best(alike, text, None)[:most]


def _spelt_alike(text: str, most: int) -> list[UnitName]:
    """Names that differ from the first by a slip; those of the district or province that follows, if there are any."""
    names = place_index().by_name
    for own, area in _readings(text):
        if area and not _is_known_area(area):
            continue
        keys = get_close_matches(keys_of(own)[-1], names, n=most, cutoff=0.75)
        alike = [name for key in keys for name in names[key]]
        if alike:
            return [name for name in alike if _lies_in(name, area)] or alike
    return []


def _is_known_area(area: Words) -> bool:
    by_district = place_index().by_district
    return bool(find_provinces(" ".join(area))) or any(key in by_district for key in keys_of(area))


def _under(names: Mapping[str, list[UnitName]], own: Words) -> list[UnitName]:
    return [name for key in keys_of(own) for name in names.get(key, ())]


def _readings(text: str) -> Iterator[tuple[Words, Words]]:
    """The ways to cut a text into a unit's own name and the names of what it lies in, the likeliest first."""
    parts = [words_of(part) for part in _parts(text)]
    parts = [part for part in parts if part and part != ("viet", "nam")]
    for start, part in enumerate(parts):
        rest = tuple(word for later in parts[start + 1 :] for word in later)
        for length in range(len(part), 0, -1):
            yield part[:length], part[length:] + rest


def _parts(text: str) -> list[str]:
    return re.split(r"[,;\n]+", text[:MAX_TEXT_LENGTH])


def _lies_in(name: UnitName, area: Words) -> bool:
    """Whether all of ``area`` names what the unit lies or lay in: a district, a province, one after the other."""
    if not area or any(key in name.areas for key in keys_of(area)):
        return True
    return any(_lies_in(name, area[:cut]) and _lies_in(name, area[cut:]) for cut in range(1, len(area)))


def _best(names: list[UnitName], text: str, province: str | None) -> list[FoundCommune]:
    """Each commune once; names with the very tones typed shut out others, own names former ones of that province."""
    names = [name for name in names if province in (None, name.commune.province.code)]
    typed = toned(text)
    if fold(text) != nfc(text).casefold():
        names = [name for name in names if has_tones_of(typed, name.toned)] or names
    own = {name.commune.province.code for name in names if not name.commune.former}
    names = [name for name in names if not name.commune.former or name.commune.province.code not in own]
    names.sort(key=lambda name: _order(name, fold(text).lstrip()))
    return list({name.commune.code: name.commune for name in reversed(names)}.values())[::-1]


def _order(name: UnitName, folded: str) -> tuple[bool, bool, Key, Key]:
    commune = name.commune
    other_type = not folded.startswith(fold(TITLES[commune.kind]))
    return bool(commune.former), other_type, name_key(commune.province.name), name_key(commune.name)
