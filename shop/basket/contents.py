"""What is in a basket now: today's prices and stock, grouped by the household that sells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from oscar.apps.basket.models import Basket, Line

from catalog.cards import product_url, storefront_url
from catalog.photos.picture import Picture, picture_of
from catalog.selectors import ready_photos
from catalog.units import show_unit
from households.models import Household
from shop.order.stock import LineProblem, WantedLine, find_problem


@dataclass(frozen=True)
class BasketRow:
    """One listing in the basket. ``price_before`` is set when the price changed since it was put in."""

    product_id: int
    title: str
    url: str
    unit: str
    picture: Picture | None
    household: Household
    quantity: int
    price: int
    price_before: int | None
    pack_weight_g: int
    max_transit_days: int | None
    problem: LineProblem | None

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def weight_g(self) -> int:
        return self.pack_weight_g * self.quantity


@dataclass(frozen=True)
class HouseholdRows:
    """One household's rows: one parcel, when ordered. Rows with a problem count for nothing."""

    household: Household
    rows: list[BasketRow]

    @property
    def orderable(self) -> list[BasketRow]:
        return [row for row in self.rows if row.problem is None]

    @property
    def goods(self) -> int:
        return sum(row.total for row in self.orderable)

    @property
    def weight_g(self) -> int:
        return sum(row.weight_g for row in self.orderable)

    @property
    def url(self) -> str:
        return storefront_url(self.household.slug, self.household.code)


@dataclass(frozen=True)
class BasketContents:
    groups: list[HouseholdRows]

    @cached_property
    def rows(self) -> list[BasketRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def problems(self) -> list[BasketRow]:
        return [row for row in self.rows if row.problem]

    @property
    def count(self) -> int:
        """How many different goods."""
        return len(self.rows)

    @property
    def goods(self) -> int:
        return sum(group.goods for group in self.groups)

    @property
    def quantity(self) -> int:
        """Sale units of all that can be ordered as it stands."""
        return sum(line.quantity for line in self.wanted)

    @property
    def wanted(self) -> list[WantedLine]:
        """What can be ordered as it stands."""
        return [WantedLine(row.product_id, row.quantity) for row in self.rows if row.problem is None]


def basket_contents(basket: Basket) -> BasketContents:
    """Read a basket: two queries, whatever the number of lines and sellers."""
    groups: dict[Household, list[BasketRow]] = {}
    for line in _lines(basket):
        row = _row(line)
        groups.setdefault(row.household, []).append(row)
    return BasketContents([HouseholdRows(household, rows) for household, rows in groups.items()])


def _lines(basket: Basket) -> list[Any]:
    if basket.pk is None:
        return []
    photos = ready_photos()
    photos.add_prefix("product")
    return list(
        Line.objects.filter(basket=basket, product__isnull=False, stockrecord__isnull=False)
        .select_related("stockrecord", "product__household__commune__province")
        .prefetch_related(photos)
        .order_by("pk")
    )


def _row(line: Any) -> BasketRow:
    product, record = line.product, line.stockrecord
    record.product = product
    price = int(record.price or 0)
    before = int(line.price_incl_tax) if line.price_incl_tax is not None else price
    return BasketRow(
        product_id=product.pk,
        title=product.title,
        url=product_url(product.slug, product.pk),
        unit=show_unit(product.sale_unit, product.pieces, product.net_weight_g),
        picture=picture_of(product.ready_photos[0], product.title) if product.ready_photos else None,
        household=product.household,
        quantity=line.quantity,
        price=price,
        price_before=before if before != price else None,
        pack_weight_g=product.pack_weight_g,
        max_transit_days=product.max_transit_days,
        problem=find_problem(record, record.product_id, line.quantity),
    )
