"""The rows of a new order: order, address, payment, household orders, lines, messages, acts.

Oscar's order models are used; its OrderCreator is not: it writes some ten rows per line, takes stock last and without a
guard, and lets two requests with one basket race. What it adds (offers, vouchers, surcharges) this marketplace has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from oscar.apps.address.models import Country
from oscar.apps.basket.models import Basket

from accounts.models import User
from core import audit
from households.access import own_households
from households.models import Act, Commune, Household
from households.places.names import full_name
from households.services import record_act
from shop.order.models import (
    HouseholdOrder,
    HouseholdOrderEvent,
    HouseholdOrderState,
    Line,
    Order,
    Payment,
    PaymentMethod,
    ShippingAddress,
)
from shop.order.numbers import free_order_number, household_order_number
from shop.order.services import notices
from shop.order.services.wanted import TakenLine
from shop.shipping.rates import Quote


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


def write_order(placement: Placement, parcels: list[Parcel]) -> Order:
    """Inside the caller's transaction."""
    now, buyer = placement.now, placement.buyer
    order = _create_order(placement, parcels)
    Payment.objects.create(
        order=order, method=placement.payment_method, amount=int(order.total_incl_tax), created_at=now
    )
    for position, parcel in enumerate(parcels, 1):
        _create_household_order(order, parcel, position, now)
    if placement.basket is not None:
        Basket.objects.filter(pk=placement.basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    audit.record(action="place_order", subject=order, now=now, actor=buyer, changes={"number": ["", order.number]})
    notices.tell_buyer_of_placement(order, now)
    for household in own_households(buyer, now) if buyer else ():
        key = f"purchase:{order.number}:{household.pk}"
        record_act(household=household, kind=Act.Kind.PURCHASE, happened_at=now, key=key, now=now, actor=buyer)
    return order


def _create_order(placement: Placement, parcels: list[Parcel]) -> Order:
    shipping = sum(parcel.quote.charge for parcel in parcels)
    total = sum(parcel.total for parcel in parcels)
    return Order.objects.create(
        number=free_order_number(placement.now),
        placement_key=placement.key,
        site_id=settings.SITE_ID,
        basket=placement.basket,
        user=placement.buyer,
        buyer_phone=placement.phone,
        payment_method=placement.payment_method,
        currency="VND",
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_address=_create_address(placement),
        date_placed=placement.now,
    )


def _create_address(placement: Placement) -> ShippingAddress:
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


def _create_household_order(order: Order, parcel: Parcel, position: int, now: datetime) -> None:
    waits = order.payment_method == PaymentMethod.CARD
    part = HouseholdOrder.objects.create(
        order=order,
        household=parcel.household,
        number=household_order_number(order.number, position),
        state=HouseholdOrderState.UNPAID if waits else HouseholdOrderState.NEW,
        goods_total=parcel.goods,
        shipping_charge=parcel.quote.charge,
        weight_g=parcel.weight_g,
        transit_days=parcel.quote.days,
        placed_at=now,
    )
    HouseholdOrderEvent.objects.create(household_order=part, state=part.state, at=now, actor=order.user)
    lines = Line.objects.bulk_create(_order_line(order, part, taken) for taken in parcel.lines)
    if not waits:
        notices.tell_household_of_new_order(part, lines, now)


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
