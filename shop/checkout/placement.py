"""Placing an order: one transaction, once per key, split into one household order per seller, its payment opened.

Oscar's order models are used; its OrderCreator is not: it writes some ten rows per line, takes stock last and without a
guard, and lets two requests with one basket race. What it adds (offers, vouchers, surcharges) this marketplace has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.models import Country
from oscar.apps.basket.models import Basket

from accounts.models import User
from accounts.phones import parse_phone
from core import audit
from core.attempts import count_attempt
from core.errors import DomainError
from core.locks import lock_row
from core.money import show_dong
from core.periods import vietnam_date
from core.text import nfc
from core.transactions import in_transaction
from households.access import own_households
from households.models import Act, Commune, Household
from households.places.names import full_name
from households.services import record_act
from messaging.services import NewMessage, send_messages
from shop.order import notices
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Line, Order, ShippingAddress
from shop.order.numbers import free_order_number, household_order_number
from shop.order.stock import NothingToOrder, TakenLine, WantedLine, count_wanted, lock_stock, take_lines
from shop.payment.booking import open_payment
from shop.payment.cash import require_cash_allowed
from shop.payment.models import PaymentMethod
from shop.payment.unpaid import require_unpaid_allowed
from shop.shipping.rates import Quote
from shop.shipping.selectors import rates_on

MAX_ORDERS_OF_ONE = {"most": 10, "seconds": 3600}


class TotalChanged(DomainError):
    """``context`` has seen and total, in dong."""

    code = "total_changed"


class NameMissing(DomainError):
    code = "name_missing"
    field = "name"


@dataclass(frozen=True, slots=True)
class Placement:
    """Who orders, who receives the goods and where, and how it is paid; checked already."""

    key: UUID
    name: str
    phone: str
    commune: Commune
    address: str
    buyer: User | None
    payment_method: PaymentMethod
    phone_is_proven: bool
    browser: str
    basket: Basket | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """One household's goods of an order, with what sending them costs."""

    household: Household
    lines: list[TakenLine]
    quote: Quote

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def weight_g(self) -> int:
        return sum(line.weight_g for line in self.lines)

    @property
    def total(self) -> int:
        return self.goods + self.quote.charge


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
    phone_is_proven: bool = False,
    browser: str = "",
    basket: Basket | None = None,
    expected_total: int | None = None,
) -> Order:
    """Place an order, or give back the one that this key or this basket has placed already.

    ``expected_total`` is what the buyer saw: another total raises TotalChanged instead of charging it. ``browser`` is
    the key of a guest's session, for counting. Raises also NothingToOrder, LinesRefused, NameMissing, BadPhone,
    NoTariff, PhoneNotProven, CashLimitExceeded, TooManyAttempts; nothing is changed then.
    """
    name = " ".join(nfc(name).split())
    if not name:
        raise NameMissing(_("Write the name of the person who receives the goods."))
    placement = Placement(
        key=placement_key,
        name=name,
        phone=parse_phone(phone),
        commune=commune,
        address=nfc(address).strip(),
        buyer=buyer,
        payment_method=payment_method,
        phone_is_proven=phone_is_proven,
        browser=browser,
        basket=basket,
        now=now,
    )
    try:
        return _place_once(placement, list(lines), expected_total)
    except IntegrityError:
        if known := order_of_key(placement_key):
            return known
        raise


def order_of_key(key: UUID) -> Order | None:
    """The order that this placement key has placed, with its payment."""
    return Order.objects.select_related("payment").filter(placement_key=key).first()


def _placed_already(placement: Placement) -> Order | None:
    """The order of this key, or of this basket; the basket stays locked, so that two tabs cannot both order it."""
    known = order_of_key(placement.key)
    if known or placement.basket is None:
        return known
    basket = lock_row(Basket.objects.all(), pk=placement.basket.pk)
    if basket.status == Basket.OPEN:
        return None
    ordered = Order.objects.select_related("payment").filter(basket=basket).first()
    if ordered is None:
        raise NothingToOrder(_("There is nothing to order: put something in the basket first."))
    return ordered


@in_transaction
def _place_once(placement: Placement, lines: Sequence[WantedLine], expected_total: int | None) -> Order:
    if known := _placed_already(placement):
        return known
    quantities = count_wanted(lines)
    records = lock_stock(quantities)
    # Whoever held these stock rows until now may have been this very order, sent twice.
    if known := order_of_key(placement.key):
        return known
    parcels = _split(take_lines(quantities, records), placement)
    total = sum(parcel.total for parcel in parcels)
    if expected_total is not None and total != expected_total:
        raise TotalChanged(
            _("The total has changed from %(seen)s to %(total)s. Look at the new prices and confirm again.")
            % {"seen": show_dong(expected_total), "total": show_dong(total)},
            seen=expected_total,
            total=total,
        )
    _count_order(placement)
    if placement.payment_method == PaymentMethod.CASH_ON_DELIVERY:
        require_cash_allowed(
            phone=placement.phone,
            phone_is_proven=placement.phone_is_proven,
            total=total,
            quantity=sum(quantities.values()),
        )
    elif not placement.phone_is_proven:
        require_unpaid_allowed(
            phone=placement.phone, buyer=placement.buyer, total=total, quantities=quantities, records=records
        )
    return _write(placement, parcels)


def _count_order(placement: Placement) -> None:
    """Count an order more for the phone and for the buyer, as part of placing it. Raises TooManyAttempts.

    A phone that is not proven is not counted, else strangers could use up its owner's orders. The rows that count stay
    locked until the order stands: two orders of one phone at the same moment see each other's sum in cash.
    """
    if placement.phone_is_proven:
        count_attempt(what="orders-of-phone", whose=placement.phone, **MAX_ORDERS_OF_ONE, now=placement.now)
    if buyer := f"person:{placement.buyer.pk}" if placement.buyer else placement.browser:
        count_attempt(what="orders-of-buyer", whose=buyer, **MAX_ORDERS_OF_ONE, now=placement.now)


def _split(taken: list[TakenLine], placement: Placement) -> list[Parcel]:
    """One parcel per household, in the order in which the buyer chose them."""
    rates = rates_on(vietnam_date(placement.now))
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


def _write(placement: Placement, parcels: list[Parcel]) -> Order:
    """The rows of a new order: order, address, payment, household orders, lines, messages, acts."""
    now, buyer = placement.now, placement.buyer
    shipping = sum(parcel.quote.charge for parcel in parcels)
    total = sum(parcel.total for parcel in parcels)
    order = Order.objects.create(
        number=free_order_number(now),
        placement_key=placement.key,
        site_id=settings.SITE_ID,
        basket=placement.basket,
        user=buyer,
        buyer_phone=placement.phone,
        phone_is_proven=placement.phone_is_proven,
        currency="VND",
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_address=_write_address(placement),
        date_placed=now,
    )
    open_payment(order=order, method=placement.payment_method, now=now)
    to_tell = _write_household_orders(order, parcels, placement)
    if placement.basket is not None:
        Basket.objects.filter(pk=placement.basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    audit.record(action="place_order", subject=order, now=now, actor=buyer, changes={"number": ["", order.number]})
    send_messages([notices.placement_message(order, now), *to_tell], now=now)
    for household in own_households(buyer, now) if buyer else ():
        key = f"purchase:{order.number}:{household.pk}"
        record_act(household=household, kind=Act.Kind.PURCHASE, happened_at=now, key=key, now=now, actor=buyer)
    return order


def _write_address(placement: Placement) -> ShippingAddress:
    country, _made = Country.objects.get_or_create(
        iso_3166_1_a2="VN", defaults={"name": "Vietnam", "printable_name": "Việt Nam", "is_shipping_country": True}
    )
    return ShippingAddress.objects.create(
        first_name=placement.name,
        line1=placement.address,
        line4=full_name(placement.commune),
        state=full_name(placement.commune.province),
        village_name=placement.address[:160],
        commune=placement.commune,
        country=country,
        phone_number=placement.phone,
    )


def _write_household_orders(order: Order, parcels: list[Parcel], placement: Placement) -> list[NewMessage]:
    """Each household's part, in as many queries for ten as for one; says what the households are to be told.

    A part that waits for a card payment is not told of before.
    """
    waits = placement.payment_method == PaymentMethod.CARD
    state = HouseholdOrderState.UNPAID if waits else HouseholdOrderState.NEW
    parts = HouseholdOrder.objects.bulk_create(
        HouseholdOrder(
            order=order,
            household=parcel.household,
            number=household_order_number(order.number, position),
            state=state,
            goods_total=parcel.goods,
            shipping_charge=parcel.quote.charge,
            weight_g=parcel.weight_g,
            transit_days=parcel.quote.days,
            placed_at=placement.now,
        )
        for position, parcel in enumerate(parcels, 1)
    )
    HouseholdOrderEvent.objects.bulk_create(
        HouseholdOrderEvent(household_order=part, state=state, at=placement.now, actor=order.user) for part in parts
    )
    lines = [
        [_order_line(order, part, taken) for taken in parcel.lines] for part, parcel in zip(parts, parcels, strict=True)
    ]
    Line.objects.bulk_create(chain.from_iterable(lines))
    if waits:
        return []
    return [notices.new_order_message(part, of_part) for part, of_part in zip(parts, lines, strict=True)]


def _order_line(order: Order, part: HouseholdOrder, taken: TakenLine) -> Line:
    product = taken.product
    return Line(
        order=order,
        household_order=part,
        partner=taken.record.partner,
        partner_name=taken.record.partner.name,
        partner_sku=taken.record.partner_sku,
        stockrecord=taken.record,
        product=product,
        title=product.title,
        quantity=taken.quantity,
        num_allocated=taken.quantity,
        line_price_incl_tax=taken.total,
        line_price_excl_tax=taken.total,
        line_price_before_discounts_incl_tax=taken.total,
        line_price_before_discounts_excl_tax=taken.total,
        unit_price_incl_tax=taken.price,
        unit_price_excl_tax=taken.price,
        sale_unit=product.sale_unit,
        pieces=product.pieces,
        net_weight_g=product.net_weight_g,
    )
