"""The names of some 14,000 present and former units, kept in memory and read again every hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from core.kept import Kept
from core.name_order import name_key
from households.models import Commune, CommuneSuccession, Province
from households.places.names import TITLES, key_of, other_keys_of, toned
from households.places.units import CommuneName, PlaceNames, ProvinceNames, by_commune

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

    @staticmethod
    def add(names: dict[str, list[UnitName]], key: str, name: UnitName) -> None:
        """Under its key, and under those of the other names that everybody uses."""
        for each in (key, *other_keys_of(key)):
            names[each].append(name)


def place_index() -> PlaceIndex:
    return _kept.get()


def forget_places() -> None:
    """Read the names anew at the next question: after loading places, between tests."""
    _kept.forget()


def names_in_database() -> PlaceNames:
    """The names of today's units and of what they were merged from, in three queries."""
    provinces = Province.objects.filter(valid_until=None)
    communes = Commune.objects.filter(valid_until=None).values_list("code", "name", "kind", "province_id")
    former = CommuneSuccession.objects.values_list(
        "commune_id", "former_name", "former_district_name", "former_province_name"
    )
    return PlaceNames(
        {
            row.code: ProvinceNames(row.code, row.name, row.kind, tuple(row.also_called), tuple(row.former_names))
            for row in provinces
        },
        {row[0]: CommuneName(*row) for row in communes},
        by_commune(former),
    )


def _build() -> PlaceIndex:
    names = names_in_database()
    provinces = {code: _found(province) for code, province in names.provinces.items()}
    index = PlaceIndex(sorted(provinces.values(), key=lambda province: name_key(province.name)))
    for code, commune in names.communes.items():
        index.by_code[code] = FoundCommune(code, commune.name, commune.kind, provinces[commune.province_code])
    key, spoken = lru_cache(maxsize=None)(key_of), lru_cache(maxsize=None)(toned)
    lay_in: dict[str, set[str]] = defaultdict(set)
    for code, units in names.former.items():
        found = index.by_code.get(code)
        if found is None:
            continue
        for name, district, province in units:
            around = {key(district), key(province)}
            lay_in[code] |= around
            areas = frozenset({*around, *found.province.keys})
            was = replace(found, former=f"{name}, {district}, {province}")
            index.add(index.by_name, key(name), UnitName(was, spoken(name), areas))
            in_district = replace(found, former=f"{district}, {province}")
            in_province = UnitName(in_district, spoken(district), areas - {key(district)})
            index.add(index.by_district, key(district), in_province)
    for found in index.by_code.values():
        areas = found.province.own_keys | lay_in.get(found.code, found.province.keys)
        index.add(index.by_name, key_of(found.name), UnitName(found, toned(found.name), areas))
    return index


_kept = Kept(_build, seconds=FRESH_SECONDS)


def _found(province: ProvinceNames) -> FoundProvince:
    own = frozenset(_all_keys((province.name, *province.also)))
    return FoundProvince(province.code, province.name, province.kind, own, own | frozenset(_all_keys(province.merged)))


def _all_keys(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        key = key_of(name)
        yield from (key, *other_keys_of(key))
