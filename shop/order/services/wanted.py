"""What a buyer wants, checked against what there is, while the stock rows are locked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Product
from catalog.models.product import ListingStatus
from catalog.offer.models import StockRecord
from households.models import Household
from shop.order import stock
from shop.order.services.errors import LineProblem, LinesRefused, NothingToOrder


@dataclass(frozen=True, slots=True)
class WantedLine:
    """So many sale units of one listing."""

    product_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A wanted line whose stock is ours now; ``price`` is dong for one sale unit."""

    record: StockRecord
    quantity: int
    price: int

    @property
    def product(self) -> Product:
        return self.record.product

    @property
    def household(self) -> Household:
        return self.record.product.household

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def weight_g(self) -> int:
        return self.record.product.pack_weight_g * self.quantity


def count_wanted(wanted: Iterable[WantedLine]) -> Counter[int]:
    """Sale units by product, in the order of the lines. Raises NothingToOrder."""
    quantities: Counter[int] = Counter()
    for line in wanted:
        quantities[line.product_id] += line.quantity
    if not quantities or min(quantities.values()) < 1:
        raise NothingToOrder(_("There is nothing to order: put something in the basket first."))
    return quantities


def take_lines(quantities: Mapping[int, int], records: Mapping[int, StockRecord]) -> list[TakenLine]:
    """Check every line against its locked stock record, then take all of them, or none. Raises LinesRefused."""
    problems = [
        problem
        for product_id, quantity in quantities.items()
        if (problem := find_problem(records.get(product_id), product_id, quantity))
    ]
    if problems:
        raise LinesRefused(problems)
    for record in records.values():
        stock.take(record, quantities[record.product_id])
    return [
        TakenLine(records[product_id], quantity, records[product_id].dong)
        for product_id, quantity in quantities.items()
    ]


def find_problem(record: StockRecord | None, product_id: int, quantity: int) -> LineProblem | None:
    """Why so much of this listing cannot be had, or None when it can."""
    if record is None or not is_for_sale(record):
        title = record.product.title if record else ""
        return LineProblem(product_id, _("“%(title)s” is no longer on sale.") % {"title": title})
    left = max(record.net_stock_level, 0)
    if left == 0:
        return LineProblem(product_id, _("“%(title)s” is sold out.") % {"title": record.product.title})
    if left < quantity:
        message = ngettext_lazy(
            "Only %(left)d of “%(title)s” is left.", "Only %(left)d of “%(title)s” are left.", left
        ) % {"left": left, "title": record.product.title}
        return LineProblem(product_id, message, available=left)
    return None


def is_for_sale(record: StockRecord) -> bool:
    """On sale, with a price, by a household whose storefront is open."""
    product = record.product
    household = product.household
    return (
        product.status == ListingStatus.PUBLISHED
        and record.price is not None
        and household.is_selling
        and household.closed_at is None
    )
