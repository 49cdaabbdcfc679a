"""Where a listing of the judged set comes from: a name of today or of before July 2025, turned into codes."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.text import fold, settle_tones

DATA = Path(__file__).parents[4] / "households" / "data"
KINDS = ("Thành phố ", "Thị xã ", "Thị trấn ", "Tỉnh ", "Huyện ", "Quận ", "Xã ", "Phường ")


@dataclass(frozen=True)
class Place:
    province_code: str
    province: str
    commune_code: str
    names: frozenset[str]
    """Folded: every name of today and of before that leads here."""


def bare(name: str) -> str:
    for kind in KINDS:
        name = name.removeprefix(kind)
    return fold(settle_tones(name))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class PlaceBook:
    @cached_property
    def provinces(self) -> dict[str, dict[str, str]]:
        return {row["code"]: row for row in _rows("provinces.csv")}

    @cached_property
    def communes(self) -> dict[str, dict[str, str]]:
        return {row["code"]: row for row in _rows("communes.csv")}

    @cached_property
    def former(self) -> dict[str, set[str]]:
        """By new commune: the folded names of the former communes, districts and provinces in it."""
        names: dict[str, set[str]] = defaultdict(set)
        for row in _rows("commune_changes_2025.csv"):
            names[row["new_code"]] |= {bare(row[key]) for key in ("old_name", "old_district", "old_province")}
        return names

    @cached_property
    def former_districts(self) -> dict[tuple[str, str], list[str]]:
        """By province of today and former district: the communes that lie in it, the one with most of it first."""
        counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in _rows("commune_changes_2025.csv"):
            province = self.communes[row["new_code"]]["province_code"]
            counts[province, bare(row["old_district"])][row["new_code"]] += 1
        return {key: sorted(found, key=lambda code: (-found[code], code)) for key, found in counts.items()}

    def find(self, text: str) -> Place:
        """ "Lục Ngạn, Bắc Ninh": a commune of today or a former district, and its province of today."""
        local, province_name = (part.strip() for part in text.rsplit(",", 1))
        province = next(code for code, row in self.provinces.items() if bare(row["name"]) == bare(province_name))
        today = [
            code
            for code, row in self.communes.items()
            if row["province_code"] == province and bare(row["name"]) == bare(local)
        ]
        codes = today or self.former_districts.get((province, bare(local)), [])
        if not codes:
            raise LookupError(f"no commune or former district: {text}")
        return self._place(province, codes[0], local)

    def _place(self, province: str, commune: str, local: str) -> Place:
        row = self.provinces[province]
        names = {bare(local), bare(row["name"]), bare(self.communes[commune]["name"])} | self.former[commune]
        return Place(province, row["name"], commune, frozenset(names))
