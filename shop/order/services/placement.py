"""Placing an order: one transaction, once per key, split into one household order per seller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.models import Basket

from accounts.models import User
from accounts.phones import parse_phone
from core.money import show_dong
from core.periods import VIETNAM
from core.text import nfc
from households.models import Commune, Household
from shop.order.models import Order, PaymentMethod
from shop.order.services.errors import NameMissing, NothingToOrder, TotalChanged
from shop.order.services.wanted import TakenLine, WantedLine, count_wanted, take_lines
from shop.order.services.writing import Parcel, Placement, write_order
from shop.order.stock import lock_stock
from shop.shipping.selectors import rates_on


def place_order(
    *,
    lines: Iterable[WantedLine],
    placement_key: UUID,
    name: str,
    phone: str,
    commune: Commune,
    now: datetime,
    address: str = "",
    buyer: User | None = None,
    payment_method: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY,
    basket: Basket | None = None,
    expected_total: int | None = None,
) -> Order:
    """Place an order, or give back the one that this key or this basket has placed already.

    ``expected_total`` is what the buyer saw: another total raises TotalChanged instead of charging it. Raises also
    NothingToOrder, LinesRefused, NameMissing, BadPhone, NoTariff; nothing is changed then.
    """
    placement = Placement(
        key=placement_key,
        name=_clean_name(name),
        phone=parse_phone(phone),
        commune=commune,
        address=nfc(address).strip(),
        buyer=buyer,
        payment_method=payment_method,
        basket=basket,
        now=now,
    )
    try:
        with transaction.atomic():
            return _placed_already(placement) or _place(placement, lines, expected_total)
    except IntegrityError:
        if known := _order_of_key(placement_key):
            return known
        raise


def _place(placement: Placement, lines: Iterable[WantedLine], expected_total: int | None) -> Order:
    quantities = count_wanted(lines)
    records = lock_stock(quantities)
    # Whoever held these stock rows until now may have been this very order, sent twice.
    if known := _order_of_key(placement.key):
        return known
    parcels = _split(take_lines(quantities, records), placement)
    _refuse_other_total(parcels, expected_total)
    return write_order(placement, parcels)


def _order_of_key(key: UUID) -> Order | None:
    return Order.objects.filter(placement_key=key).first()


def _placed_already(placement: Placement) -> Order | None:
    """The order of this key, or of this basket; the basket stays locked, so that two tabs cannot both order it."""
    known = _order_of_key(placement.key)
    if known or placement.basket is None:
        return known
    basket = Basket.objects.select_for_update().get(pk=placement.basket.pk)
    if basket.status == Basket.OPEN:
        return None
    ordered = Order.objects.filter(basket=basket).first()
    if ordered is None:
        raise NothingToOrder(_("There is nothing to order: put something in the basket first."))
    return ordered


def _clean_name(name: str) -> str:
    cleaned = " ".join(nfc(name).split())
    if not cleaned:
        raise NameMissing(_("Write the name of the person who receives the goods."))
    return cleaned


def _split(taken: list[TakenLine], placement: Placement) -> list[Parcel]:
    """One parcel per household, in the order in which the buyer chose them."""
    rates = rates_on(placement.now.astimezone(VIETNAM).date())
    by_household: dict[Household, list[TakenLine]] = {}
    for line in taken:
        by_household.setdefault(line.household, []).append(line)
    return [
        Parcel(
            household,
            lines,
            rates.quote(
                origin=household.commune.province,
                destination=placement.commune.province,
                weight_g=sum(line.weight_g for line in lines),
            ),
        )
        for household, lines in by_household.items()
    ]


def _refuse_other_total(parcels: list[Parcel], expected: int | None) -> None:
    total = sum(parcel.total for parcel in parcels)
    if expected is not None and total != expected:
        raise TotalChanged(
            _("The total has changed from %(seen)s to %(total)s. Look at the new prices and confirm again.")
            % {"seen": show_dong(expected), "total": show_dong(total)},
            seen=expected,
            total=total,
        )
