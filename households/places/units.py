"""The names of provinces, communes and what they were merged from, as plain data out of the database or the files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from households.places.names import key_of

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class ProvinceNames:
    """A province of today; ``merged`` are the names of the provinces that it took in."""

    code: str
    name: str
    kind: str
    also: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneName:
    """A commune of today."""

    code: str
    name: str
    kind: str
    province_code: str


class FormerUnit(NamedTuple):
    """A commune of before July 2025, with the district and the province that it lay in, as they were written."""

    name: str
    district: str
    province: str


@dataclass(frozen=True)
class PlaceNames:
    """Today's provinces and communes by code; ``former``, by commune of today: the former communes it has parts of."""

    provinces: dict[str, ProvinceNames]
    communes: dict[str, CommuneName]
    former: dict[str, tuple[FormerUnit, ...]] = field(default_factory=dict)

    def former_names(self, commune_code: str) -> tuple[str, ...]:
        """Every former name that leads to the commune: of communes, districts and provinces."""
        return tuple(dict.fromkeys(name for unit in self.former.get(commune_code, ()) for name in unit))

    def province_code(self, name: str) -> str:
        """The code of a province named as of today or as before the mergers; empty when nothing is so named."""
        wanted = key_of(name)
        for province in self.provinces.values():
            if wanted in map(key_of, (province.name, *province.also, *province.merged)):
                return province.code
        return ""


def names_in_files(folder: Path) -> PlaceNames:
    """The names as the project carries them, for measuring where no database was set up."""
    details = {row["code"]: row for row in read_rows(folder / "province_details.csv")}
    provinces = (
        ProvinceNames(
            row["code"],
            row["name"],
            row["unit_type"],
            listed(details[row["code"]]["also_called"]),
            listed(row["merged_from"]),
        )
        for row in read_rows(folder / "provinces.csv")
    )
    communes = (
        CommuneName(row["code"], row["name"], row["unit_type"], row["province_code"])
        for row in read_rows(folder / "communes.csv")
    )
    changes = read_rows(folder / "commune_changes_2025.csv")
    return PlaceNames(
        {province.code: province for province in provinces},
        {commune.code: commune for commune in communes},
        by_commune((row["new_code"], row["old_name"], row["old_district"], row["old_province"]) for row in changes),
    )


def by_commune(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, tuple[FormerUnit, ...]]:
    """The former units by commune of today, from (commune, former name, its district, its province)."""
    units: dict[str, list[FormerUnit]] = defaultdict(list)
    for commune, name, district, province in rows:
        units[commune].append(FormerUnit(name, district, province))
    return {commune: tuple(parts) for commune, parts in units.items()}


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listed(text: str) -> tuple[str, ...]:
    """The names in a cell that holds several: "Bắc Kạn|Thái Nguyên"."""
    return tuple(name for name in text.split("|") if name)
