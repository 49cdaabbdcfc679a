"""The tree of farm goods as shipped: ``data/categories.csv``, loaded again without losing what was added by hand."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction
from oscar.apps.catalogue.models import ProductClass

from catalog.models import Category

FARM_PRODUCE = "Nông sản"
SOURCE = Path(__file__).parent / "data" / "categories.csv"


def farm_produce() -> ProductClass:
    """The one kind of product that is sold here: shipped, with its stock tracked."""
    return ProductClass.objects.get_or_create(
        slug="nong-san", defaults={"name": FARM_PRODUCE, "track_stock": True, "requires_shipping": True}
    )[0]


@transaction.atomic
def load_categories(source: Path = SOURCE) -> int:
    """Make or rename each category of the file, known by its code; returns how many there are in it."""
    farm_produce()
    known = {category.code: category for category in Category.objects.exclude(code=None)}
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        known[row["code"]] = _make_or_rename(row, known)
    return len(rows)


def _make_or_rename(row: dict[str, str], known: dict[str, Category]) -> Category:
    names = {"name": row["name"], "name_en": row["name_en"], "slug": row["code"]}
    if category := known.get(row["code"]):
        changed = [field for field, value in names.items() if getattr(category, field) != value]
        for field in changed:
            setattr(category, field, names[field])
        if changed:
            category.save(update_fields=changed)
        return category
    new = {"code": row["code"], **names}
    written: Category
    if not row["parent"]:
        written = Category.add_root(**new)
    else:
        parent = Category.objects.get(pk=known[row["parent"]].pk)  # fresh: its count of children steers the tree
        written = parent.add_child(**new)
    return written
