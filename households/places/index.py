"""The names of some 14,000 present and former units, kept in memory and read again every hour."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from households.models import Commune, CommuneSuccession, Province
from households.places.names import TITLES, key_of, toned

FRESH_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class FoundProvince:
    """``own_keys`` are its names of today, ``keys`` also those of the provinces merged into it."""

    code: str
    name: str
    kind: str
    own_keys: frozenset[str]
    keys: frozenset[str]

    @property
    def label(self) -> str:
        return f"{TITLES[self.kind]} {self.name}"


@dataclass(frozen=True, slots=True)
class FoundCommune:
    """A present commune; ``former`` is the name that led to it when that is not its own."""

    code: str
    name: str
    kind: str
    province: FoundProvince
    former: str = ""

    @property
    def label(self) -> str:
        return f"{TITLES[self.kind]} {self.name}, {self.province.name}"


@dataclass(frozen=True, slots=True)
class UnitName:
    """One name of one unit; ``areas`` are the keys of the districts and provinces it lies or lay in."""

    commune: FoundCommune
    toned: str
    areas: frozenset[str]


@dataclass(slots=True)
class PlaceIndex:
    provinces: list[FoundProvince] = field(default_factory=list)
    by_code: dict[str, FoundCommune] = field(default_factory=dict)
    by_name: dict[str, list[UnitName]] = field(default_factory=lambda: defaultdict(list))
    by_district: dict[str, list[UnitName]] = field(default_factory=lambda: defaultdict(list))


def place_index() -> PlaceIndex:
    return _build(int(time.monotonic() // FRESH_SECONDS))


def forget_places() -> None:
    """Read the names anew at the next question: after loading places, between tests."""
    _build.cache_clear()


@lru_cache(maxsize=1)
def _build(_slot: int) -> PlaceIndex:
    index = PlaceIndex()
    provinces = {province.code: _found(province) for province in Province.objects.filter(valid_until=None)}
    index.provinces = sorted(provinces.values(), key=lambda province: province.name)
    communes = index.by_code
    for commune in Commune.objects.filter(valid_until=None):
        province = provinces[commune.province_id]
        communes[commune.code] = FoundCommune(commune.code, commune.name, commune.kind, province)
    lay_in = _add_former_units(index, communes)
    for found in communes.values():
        areas = found.province.own_keys | lay_in.get(found.code, found.province.keys)
        index.by_name[key_of(found.name)].append(UnitName(found, toned(found.name), areas))
    return index


def _found(province: Province) -> FoundProvince:
    own = frozenset(map(key_of, [province.name, *province.also_called]))
    former = frozenset(map(key_of, province.former_names))
    return FoundProvince(province.code, province.name, province.kind, own, own | former)


def _add_former_units(index: PlaceIndex, communes: dict[str, FoundCommune]) -> dict[str, set[str]]:
    """Put the former names in; answer with the keys of the areas that each commune's parts lay in."""
    lay_in: dict[str, set[str]] = defaultdict(set)
    rows = CommuneSuccession.objects.values_list(
        "commune_id", "former_name", "former_district_name", "former_province_name"
    )
    key, spoken = lru_cache(maxsize=None)(key_of), lru_cache(maxsize=None)(toned)
    for code, name, district, province in rows:
        if found := communes.get(code):
            lay_in[code] |= {key(district), key(province)}
            was = _formerly(found, f"{name}, {district}, {province}")
            areas = frozenset({key(district), key(province), *found.province.keys})
            index.by_name[key(name)].append(UnitName(was, spoken(name), areas))
            in_district = _formerly(found, f"{district}, {province}")
            index.by_district[key(district)].append(UnitName(in_district, spoken(district), areas - {key(district)}))
    return lay_in


def _formerly(found: FoundCommune, former: str) -> FoundCommune:
    return FoundCommune(found.code, found.name, found.kind, found.province, former)
