"""The administrative units of any day, and where a commune of one day lies among the units of another.

Two sets of units are known: those before the reform of 1 July 2025, with districts, and those since. The former ones
are taken to hold on every day before it; a change of name or type makes no new unit. Codes of the two overlap and mean
different communes, so a commune is named by its code and by whether it is a former one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from core.text import fold
from households.places.units import Row, names_in_files, read_rows

DATA = Path(__file__).resolve().parents[1] / "data"
REFORM_DATE = date(2025, 7, 1)
TITLES = {"quan": "Quận", "huyen": "Huyện", "thi-xa": "Thị xã", "thanh-pho": "Thành phố"}


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Place:
    """The units in which a commune lies, by their codes; None where no single one is sure."""

    commune: str | None = None
    district: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class Boundaries:
    """Units by code: ``former`` by level to the code of the unit above, ``provinces`` and ``communes`` those of today.

    ``former_places`` and ``present_places`` say, for communes of before and of since the reform, where they lie among
    the former units and among today's.
    """

    former: Mapping[Level, Mapping[str, str]]
    provinces: frozenset[str]
    communes: Mapping[str, str]
    former_places: Mapping[bool, Mapping[str, Place]]
    present_places: Mapping[bool, Mapping[str, Place]]

    def units_on(self, day: date, level: Level) -> Collection[str]:
        """The codes of a day's units; there are no districts since the reform."""
        if day < REFORM_DATE:
            return self.former[level].keys()
        return {Level.PROVINCE: self.provinces, Level.DISTRICT: frozenset(), Level.COMMUNE: self.communes.keys()}[level]

    def places_on(self, day: date) -> Mapping[bool, Mapping[str, Place]]:
        """Where each commune lies among the units of the day: first by whether it is a former commune, then by code."""
        return self.former_places if day < REFORM_DATE else self.present_places


@lru_cache(maxsize=2)
def boundaries(folder: Path = DATA) -> Boundaries:
    """Read from the project's files, once in a process."""
    former: dict[Level, dict[str, str]] = {level: {} for level in Level}
    rows = read_rows(folder / "former_units.csv")
    for row in rows:
        former[Level(row["level"])][row["code"]] = row["parent_code"]
    communes = {row["code"]: row["province_code"] for row in read_rows(folder / "communes.csv")}
    changes = read_rows(folder / "commune_changes_2025.csv")
    own = {
        code: Place(code, district, former[Level.DISTRICT][district])
        for code, district in former[Level.COMMUNE].items()
    }
    names = names_in_files(folder)
    province_today = {row["code"]: names.province_code(row["name"]) for row in rows if row["level"] == Level.PROVINCE}
    heirs = _sure_heirs(changes)
    return Boundaries(
        former=former,
        provinces=frozenset(names.provinces),
        communes=communes,
        former_places={True: own, False: _among_former_units(communes, changes, rows, own)},
        present_places={
            True: {
                code: Place(commune=heirs[code], province=communes[heirs[code]])
                if code in heirs
                else Place(province=province_today[str(place.province)])
                for code, place in own.items()
            },
            False: {code: Place(commune=code, province=province) for code, province in communes.items()},
        },
    )


def _sure_heirs(changes: Iterable[Row]) -> dict[str, str]:
    """The commune of today that took in a former one, where it took all of it: no row gives a part to another."""
    takers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in changes:
        takers[row["old_name"], row["old_district"], row["old_province"]].add(row["new_code"])
    return {
        row["old_code"]: row["new_code"]
        for row in changes
        if row["old_code"] and len(takers[row["old_name"], row["old_district"], row["old_province"]]) == 1
    }


def _among_former_units(
    communes: Iterable[str], changes: list[Row], units: Iterable[Row], own: Mapping[str, Place]
) -> dict[str, Place]:
    """Of each commune of today the former units in which all its former communes lay.

    A former commune whose code is not known is placed by the names of its district and province. Those of a district
    that was renamed since are known from its other communes, where these have one district in common.
    """
    provinces = {fold(row["name"]): row["code"] for row in units if row["level"] == Level.PROVINCE}
    provinces["hue"] = provinces["thua thien hue"]
    districts = {
        (fold(f"{TITLES[row['unit_type']]} {row['name']}"), row["parent_code"]): row["code"]
        for row in units
        if row["level"] == Level.DISTRICT
    }

    def named(row: Row) -> tuple[str, str | None]:
        province = fold(row["old_province"]).removeprefix("tinh ").removeprefix("thanh pho ")
        return fold(row["old_district"]), provinces.get(province)

    known: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for row in changes:
        if row["old_code"] in own:
            known[named(row)].add(own[row["old_code"]].district)

    def place_of(row: Row) -> Place:
        if row["old_code"] in own:
            return own[row["old_code"]]
        district, province = named(row)
        if (district, str(province)) in districts:
            return Place(None, districts[district, str(province)], province)
        siblings = known[district, province]
        return Place(None, next(iter(siblings)) if len(siblings) == 1 else None, province)

    parts: dict[str, list[Place]] = defaultdict(list)
    for row in changes:
        parts[row["new_code"]].append(place_of(row))
    return {
        code: Place(
            *(_common(getattr(part, level) for part in parts[code]) for level in ("commune", "district", "province"))
        )
        for code in communes
    }


def _common(codes: Iterable[str | None]) -> str | None:
    """The one code that all have; None where they differ or there is none."""
    found = set(codes)
    return found.pop() if len(found) == 1 else None
