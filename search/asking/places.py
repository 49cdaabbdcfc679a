"""The names of places as the search needs them: for reading queries, and for finding a listing by former names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from households.models import Commune, CommuneSuccession, Province
from search.language.normal import exact_words
from search.language.places import bare_name
from search.language.query import PlaceMeaning


@dataclass(frozen=True, slots=True)
class ProvinceNames:
    code: str
    name: str
    also: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneName:
    code: str
    name: str
    province_code: str


@dataclass(frozen=True)
class PlaceNames:
    """Today's provinces and communes with their former names."""

    provinces: dict[str, ProvinceNames]
    communes: dict[str, CommuneName]
    former: dict[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    """By commune: former commune, district and province of each part."""

    def former_names(self, commune_code: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.former.get(commune_code, ()) for name in part))

    def province_code(self, name: str) -> str:
        """The code of a province named as of today or as before the mergers; empty when nothing is so named."""
        wanted = bare_name(exact_words(name))
        for province in self.provinces.values():
            if wanted in {bare_name(exact_words(known)) for known in (province.name, *province.also, *province.merged)}:
                return province.code
        return ""

    def meanings(self) -> Iterator[tuple[str, PlaceMeaning]]:
        """Every name with what it means; one name may come several times, for places of the same name."""
        for province in self.provinces.values():
            for name in (province.name, *province.also):
                yield name, PlaceMeaning(provinces=(province.code,))
        for commune in self.communes.values():
            yield commune.name, PlaceMeaning(communes=(commune.code,), around=(commune.province_code,))
        yield from self._former_meanings()

    def _former_meanings(self) -> Iterator[tuple[str, PlaceMeaning]]:
        parts: dict[str, set[str]] = defaultdict(set)
        for commune, units in self.former.items():
            for name in {name for unit in units for name in unit}:
                parts[name].add(commune)
        for name, communes in parts.items():
            around = {self.communes[code].province_code for code in communes}
            yield name, PlaceMeaning(communes=tuple(sorted(communes)), around=tuple(sorted(around)))


def names_in_database() -> PlaceNames:
    provinces = Province.objects.filter(valid_until=None)
    communes = Commune.objects.filter(valid_until=None).values_list("code", "name", "province_id")
    units = CommuneSuccession.objects.values_list(
        "commune_id", "former_name", "former_district_name", "former_province_name"
    )
    return PlaceNames(
        {p.code: ProvinceNames(p.code, p.name, tuple(p.also_called), tuple(p.former_names)) for p in provinces},
        {code: CommuneName(code, name, province) for code, name, province in communes},
        _by_commune(units),
    )


def names_in_files(folder: Path) -> PlaceNames:
    """The same from the files that the project carries, for measuring where no database was set up."""
    provinces, communes = _rows(folder / "provinces.csv"), _rows(folder / "communes.csv")
    changes = _rows(folder / "commune_changes_2025.csv")
    return PlaceNames(
        {row["code"]: ProvinceNames(row["code"], row["name"], (), _listed(row["merged_from"])) for row in provinces},
        {row["code"]: CommuneName(row["code"], row["name"], row["province_code"]) for row in communes},
        _by_commune((row["new_code"], row["old_name"], row["old_district"], row["old_province"]) for row in changes),
    )


def _by_commune(units: Iterable[tuple[str, str, str, str]]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for commune, *names in units:
        found[commune].append((names[0], names[1], names[2]))
    return {commune: tuple(parts) for commune, parts in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("|") if name)
