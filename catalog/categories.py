"""The tree of farm goods as shipped: ``data/categories.csv``, loaded again without losing what was added by hand."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import ProductClass

from catalog.models import Category
from core.text import fold

FARM_PRODUCE = "Nông sản"
SOURCE = Path(__file__).parent / "data" / "categories.csv"


HEADER_NAMES: dict[str, str | Promise] = {
    "rau-cu": _("Vegetables"),
    "trai-cay": _("Fruit"),
    "che-ca-phe": _("Tea, coffee"),
    "gao-ngu-coc": _("Rice, beans"),
    "mat-ong": _("Honey"),
    "thit-trung-sua": _("Meat, eggs"),
    "thuy-san": _("Fish"),
    "che-bien": _("Prepared foods"),
    "hat-gia-vi": _("Nuts, spices"),
    "duoc-lieu": _("Medicinal plants"),
    "hoa-cay-canh": _("Flowers, plants"),
    "thu-cong": _("Handicrafts"),
}
"""The roots of the shipped tree in the order of the header, by their code, under short names."""


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


OTHER_NAMES = {
    "trai-cay": ("hoa quả", "quả", "trái cây tươi", "cây ăn quả"),
    "rau-cu": ("rau", "rau củ quả", "rau xanh", "rau sạch"),
    "gao-ngu-coc": ("lúa gạo", "gạo", "lương thực", "ngũ cốc"),
    "hat-gia-vi": ("gia vị", "hạt"),
    "thit-trung-sua": ("thịt", "chăn nuôi"),
    "thit-gia-cam": ("gia cầm",),
    "thit-trau-bo-de": ("gia súc",),
    "thuy-san": ("hải sản", "thủy hải sản", "thuỷ sản"),
    "che-bien": ("chế biến", "thực phẩm chế biến", "thực phẩm", "nông sản chế biến", "đồ ăn"),
    "ruou-do-uong": ("đồ uống", "nước uống", "rượu bia"),
    "duoc-lieu": ("thảo dược", "cây thuốc", "thuốc nam"),
    "thu-cong": ("thủ công mỹ nghệ", "đồ thủ công", "mỹ nghệ"),
    "hoa-cay-canh": ("hoa", "cây cảnh", "cây giống", "hoa cây cảnh"),
    "banh-keo-mut": ("bánh kẹo",),
}
"""What people also call a category, by its code."""


def code_named(words: str) -> str:
    """The code of the category called so: by its name, one of the goods in it ("Cam, bưởi …") or another usual name.

    Empty when none is.
    """
    return _codes_by_name().get(_plain(words), "")


def code_of_product(title: str) -> str:
    """The code of the category that a product's name begins with: "Chè xanh Tân Cương", "Mật ong hoa nhãn"."""
    said = _plain(title).split()
    known = _codes_by_name()
    starts = (" ".join(said[:size]) for size in range(len(said), 0, -1))
    return next((known[start] for start in starts if start in known), "")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(words)))


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    """Every name of the shipped tree, folded, with the code it stands for; whole names before the goods in them."""
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named: dict[str, str] = {}
    for row in rows:
        for name in (row["name"], row["name_en"], row["code"]):
            named.setdefault(_plain(name), row["code"])
    for code, names in OTHER_NAMES.items():
        for name in names:
            named.setdefault(_plain(name), code)
    for row in rows:
        for part in re.split(r"[,()]| và ", row["name"]):
            if _plain(part):
                named.setdefault(_plain(part), row["code"])
    return named
