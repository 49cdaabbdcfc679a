"""Loading the administrative units from the project's own files; the same files twice change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from core.text import fold, slug
from households.models import Commune, CommuneSuccession, Province
from households.models.place import Unit
from households.places.index import forget_places
from households.places.units import listed, read_rows

DATA = Path(__file__).resolve().parents[1] / "data"
SUCCESSION_DATE = date(2025, 7, 1)
BATCH = 500
Report = Callable[[str], object]
AnyUnit = TypeVar("AnyUnit", bound=Unit)


def load_places(*, report: Report, folder: Path = DATA) -> None:
    """Provinces, communes and what they were merged from, in one transaction; ``report`` hears of each stage."""
    with transaction.atomic():
        report(f"provinces: {_load_provinces(folder)}")
        report(f"communes, wards and special zones: {_load_communes(folder)}")
        added, dropped = _load_successions(folder)
        report(f"former communes: {added} added, {dropped} dropped")
    forget_places()


def _load_provinces(folder: Path) -> int:
    details = {row["code"]: row for row in read_rows(folder / "province_details.csv")}
    units = [
        Province(
            code=row["code"],
            name=row["name"],
            folded=fold(row["name"]),
            slug=slug(row["name"]),
            kind=row["unit_type"],
            region=details[row["code"]]["region"],
            valid_from=details[row["code"]]["valid_from"],
            former_names=list(listed(row["merged_from"])),
            also_called=list(listed(details[row["code"]]["also_called"])),
        )
        for row in read_rows(folder / "provinces.csv")
    ]
    return _write(Province, units)


def _load_communes(folder: Path) -> int:
    units = [
        Commune(
            code=row["code"],
            name=row["name"],
            folded=fold(row["name"]),
            slug=slug(row["name"]),
            kind=row["unit_type"],
            province_id=row["province_code"],
            valid_from=row["valid_from"],
        )
        for row in read_rows(folder / "communes.csv")
    ]
    return _write(Commune, units)


def _write(model: type[AnyUnit], units: Iterable[AnyUnit]) -> int:
    written = [column.attname for column in model._meta.concrete_fields if not column.primary_key]
    done = model._default_manager.bulk_create(
        units, BATCH, update_conflicts=True, unique_fields=["code"], update_fields=written
    )
    return len(done)


def _load_successions(folder: Path) -> tuple[int, int]:
    """Rows no longer in the file go, new ones come, the others are left as they are."""
    columns = ("former_code", "former_name", "former_district_name", "former_province_name", "commune_id")
    present = {tuple(row[1:]): row[0] for row in CommuneSuccession.objects.values_list("pk", *columns)}
    wanted = {
        (row["old_code"], row["old_name"], row["old_district"], row["old_province"], row["new_code"])
        for row in read_rows(folder / "commune_changes_2025.csv")
    }
    stale = [pk for key, pk in present.items() if key not in wanted]
    for start in range(0, len(stale), BATCH):
        CommuneSuccession.objects.filter(pk__in=stale[start : start + BATCH]).delete()
    new = [
        CommuneSuccession(
            **dict(zip(columns, key, strict=True)),
            folded=fold(key[1]),
            folded_district=fold(key[2]),
            effective_date=SUCCESSION_DATE,
        )
        for key in sorted(wanted - present.keys())
    ]
    CommuneSuccession.objects.bulk_create(new, BATCH)
    return len(new), len(stale)
