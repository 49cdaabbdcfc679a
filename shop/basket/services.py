"""Filling and changing a basket. Nothing is reserved: stock is taken when the order is placed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.models import Basket, Line

from catalog.models import Product
from catalog.offer.models import StockRecord
from core.errors import DomainError
from core.locks import lock_rows
from core.transactions import in_transaction
from shop.basket.contents import BasketContents
from shop.order.models import Order
from shop.order.stock import find_problem

MAX_LINES = 50
MAX_QUANTITY = 9_999


class CannotAdd(DomainError):
    """This much of the listing cannot be put into the basket; ``context`` has available."""

    code = "cannot_add"
    field = "quantity"


@in_transaction
def add_to_basket(*, basket: Basket, product_id: int, quantity: int = 1) -> Line:
    """Put so many sale units more into the basket. Raises CannotAdd; the basket is then as before.

    A basket that was ordered since the request began takes nothing more: nobody would order that again.
    """
    record = _record(product_id)
    locked = lock_rows(Basket.objects.filter(pk=basket.pk))
    if not locked:
        basket.save()
    elif locked[0].status != Basket.OPEN:
        raise CannotAdd(_("What was in the basket has just been ordered. Add this once more."), available=0)
    line = Line.objects.filter(basket=basket, product_id=product_id).first()
    if line is None and basket.lines.count() >= MAX_LINES:
        raise CannotAdd(_("The basket is full. Order what is in it first."))
    return _write(basket, line, record, (line.quantity if line else 0) + quantity)


@in_transaction
def put_in_again(*, basket: Basket, order: Order) -> list[str]:
    """Add what an order held, as far as it is there. Returns the titles of what is gone or was fewer, in its order."""
    missing = []
    for line in order.lines.select_related("product").order_by("pk"):
        product_id = line.product_id or 0  # 0 is no listing: Oscar lets a line outlive its product
        try:
            add_to_basket(basket=basket, product_id=product_id, quantity=line.quantity)
        except CannotAdd as refusal:
            missing.append(str(line.title))
            held = Line.objects.filter(basket=basket, product_id=product_id).first() if basket.pk else None
            left = int(refusal.context.get("available", 0)) - (held.quantity if held else 0)
            if left > 0:
                add_to_basket(basket=basket, product_id=product_id, quantity=left)
    return missing


@in_transaction
def set_quantity(*, basket: Basket, product_id: int, quantity: int) -> Line | None:
    """Want exactly so many; 0 takes the listing out. None where the basket has no such line, or was ordered meanwhile.

    Raises CannotAdd.
    """
    if not lock_rows(Basket.objects.filter(pk=basket.pk, status=Basket.OPEN)):
        return None
    line = Line.objects.filter(basket=basket, product_id=product_id).first()
    if line is None:
        return None
    if quantity == 0:
        line.delete()
        return None
    return _write(basket, line, _record(product_id), quantity)


@in_transaction
def settle_problems(*, basket: Basket, contents: BasketContents) -> None:
    """Keep what can be had: less where less is left, nothing of what is gone. An ordered basket stays as it was."""
    if not lock_rows(Basket.objects.filter(pk=basket.pk, status=Basket.OPEN)):
        return
    for row in contents.problems:
        left = row.problem.available if row.problem else 0
        lines = Line.objects.filter(basket=basket, product_id=row.product_id)
        lines.update(quantity=left) if left else lines.delete()


def _record(product_id: int) -> StockRecord:
    record = (
        StockRecord.objects.select_related("product__household").filter(product_id=product_id).order_by("pk").first()
    )
    if record is None:
        raise CannotAdd(_("This listing is no longer on sale."), available=0)
    return record


def _write(basket: Basket, line: Line | None, record: StockRecord, quantity: int) -> Line:
    """The line with this quantity, at today's price. Refuses what is not there."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise CannotAdd(_("Write how many you want, from 1 to 9,999."))
    if problem := find_problem(record, record.product_id, quantity):
        raise CannotAdd(problem.message, available=problem.available)
    product: Product = record.product
    line = line or Line(basket=basket, product=product, stockrecord=record, line_reference=f"{product.pk}_{record.pk}")
    line.stockrecord = record
    line.quantity = quantity
    line.price_currency = "VND"
    line.price_incl_tax = line.price_excl_tax = record.price
    line.save()
    return line
