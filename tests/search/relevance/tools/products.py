"""The products of a judged set: read from products.txt, completed with places, households and descriptions."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from tests.search.relevance.tools.describing import describe, household_name
from tests.search.relevance.tools.places import Place, PlaceBook


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    category: str
    household: str
    place: Place
    unit: str
    net_weight_g: int
    price: int
    stars: int
    months: tuple[int, ...]
    description: str
    thing: str
    variety: str
    form: str
    made_of: tuple[str, ...]
    is_usual_form: bool = True
    """Sold as it is, or never sold otherwise: there is no fresh "thịt trâu gác bếp"."""

    def row(self) -> dict[str, str]:
        """A line of catalogue.csv."""
        return {
            "sku": self.sku,
            "name": self.name,
            "category": self.category,
            "household": self.household,
            "province_code": self.place.province_code,
            "province": self.place.province,
            "commune_code": self.place.commune_code,
            "unit": self.unit,
            "net_weight_g": str(self.net_weight_g),
            "price_vnd": str(self.price),
            "ocop_stars": str(self.stars) if self.stars else "",
            "season_months": ",".join(str(month) for month in self.months),
            "description": self.description,
        }


def read_products(path: Path) -> list[Product]:
    book, products, category = PlaceBook(), [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            category = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            products.append(_product(line, category, len(products) + 1, book))
    plain = {product.thing for product in products if not product.form}
    return [replace(p, is_usual_form=not p.form or p.thing not in plain) for p in products]


def _product(line: str, category: str, number: int, book: PlaceBook) -> Product:
    thing, variety, name, place, unit, grams, price, stars, months, form, made_of = line.split("|")
    seed = zlib.crc32(name.encode())
    return Product(
        sku=f"P{number:04d}",
        name=name,
        category=category,
        household=household_name(seed, place.split(",")[0]),
        place=book.find(place),
        unit=unit,
        net_weight_g=int(grams),
        price=int(price) * 1000,
        stars=int(stars or 0),
        months=_months(months),
        description=describe(seed, category, form, place),
        thing=thing,
        variety=variety,
        form=form,
        made_of=tuple(part for part in made_of.split(",") if part),
    )


def _months(text: str) -> tuple[int, ...]:
    first, last = (int(part) for part in text.split("-"))
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))
