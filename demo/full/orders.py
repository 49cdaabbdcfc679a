"""A year of orders: the wanted number stands as transactions; a tenth more was declined, cancelled or came back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from oscar.apps.address.models import Country

from catalog.offer.models import StockRecord
from demo.full.names import buyer_phone, person
from demo.full.totals import SEED, YEAR
from demo.rows import key
from households.models import Act, Commune
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Line, Order, ShippingAddress
from shop.order.numbers import household_order_number
from shop.order.services import ACTS_OF_ANSWERS
from shop.payment.models import Payment, PaymentMethod, PaymentState

BATCH = 500
SHIPPING = 25_000
DONG_OF_A_PART = 220_000
"""The average of the time."""
LAST_PLACED = YEAR[1] - timedelta(days=12)
State = HouseholdOrderState
STANDING = (State.NEW, State.ACCEPTED, State.SENT, State.DELIVERED)
UNDONE = ((State.NEW, State.DECLINED), (State.NEW, State.CANCELLED), (*STANDING[:3], State.RETURNED))


@dataclass
class Batch:
    """Rows that are written together; each list in the order in which the database must see it."""

    addresses: list[ShippingAddress] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    parts: list[HouseholdOrder] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    events: list[HouseholdOrderEvent] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def first_parts(self) -> list[tuple[Order, HouseholdOrder]]:
        """Each order with the first of its parts."""
        firsts: dict[str, HouseholdOrder] = {}
        for part in self.parts:
            firsts.setdefault(part.order.number, part)
        return [(order, firsts[order.number]) for order in self.orders]

    @transaction.atomic
    def write(self) -> None:
        written: tuple[list[Any], ...] = (
            self.addresses,
            self.orders,
            self.payments,
            self.parts,
            self.lines,
            self.events,
            self.acts,
        )
        for rows in written:
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)


def write_orders(transactions: int) -> int:
    """Place what is missing; the number of orders placed now."""
    names = {"name": "Vietnam", "printable_name": "Việt Nam", "is_shipping_country": True}
    country_id = Country.objects.get_or_create(iso_3166_1_a2="VN", defaults=names)[0].pk
    records = list(
        StockRecord.objects.filter(product__published_at__lt=LAST_PLACED - timedelta(days=5))
        .select_related("partner", "product__household")
        .order_by("product__key")
    )
    homes = list(Commune.objects.order_by("code")[::37])
    wanted = transactions + transactions // 10
    placed = 0
    for start in range(0, wanted, BATCH):
        numbers = range(start, min(start + BATCH, wanted))
        if not Order.objects.filter(placement_key=_order_key(numbers[0])).exists():
            batch = Batch()
            for number in numbers:
                _add_order(batch, number, number < transactions, records, homes, country_id)
            batch.payments = [_payment(order, part) for order, part in batch.first_parts()]
            batch.write()
            placed += len(numbers)
    return placed


def _order_key(number: int) -> UUID:
    return key(SEED, "order", str(number))


def _add_order(
    batch: Batch,
    number: int,
    stands: bool,
    records: Sequence[StockRecord],
    homes: Sequence[Commune],
    country_id: str,
) -> None:
    """One order of one or two households; all its parts stand, or none does."""
    chance = random.Random(f"{SEED}/order/{number}")
    taken = _taken(records, chance)
    on_sale = max(record.product.published_at for record in taken if record.product.published_at)
    placed = on_sale + (LAST_PLACED - on_sale) * chance.random()
    order = _order(batch, number, taken, placed, chance.choice(homes), country_id, chance)
    states = STANDING if stands else chance.choice(UNDONE)
    for position, record in enumerate(taken, 1):
        _add_part(batch, order, position, record, states, chance)


def _taken(records: Sequence[StockRecord], chance: random.Random) -> list[StockRecord]:
    first, second = chance.choice(records), chance.choice(records)
    other = second.partner_id != first.partner_id and chance.random() < 0.08
    return [first, second] if other else [first]


def _order(
    batch: Batch,
    number: int,
    taken: list[StockRecord],
    placed: datetime,
    home: Commune,
    country_id: str,
    chance: random.Random,
) -> Order:
    name, phone = person(chance), buyer_phone(chance.randrange(6_000))
    address = ShippingAddress(first_name=name, line4=home.name, commune=home, country_id=country_id, phone_number=phone)
    shipping = SHIPPING * len(taken)
    order = Order(
        number=f"{placed:%y%m%d}-F{number:05}",
        placement_key=_order_key(number),
        site_id=settings.SITE_ID,
        buyer_phone=phone,
        currency="VND",
        total_incl_tax=shipping,
        total_excl_tax=shipping,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_address=address,
        date_placed=placed,
    )
    batch.addresses.append(address)
    batch.orders.append(order)
    return order


def _add_part(
    batch: Batch,
    order: Order,
    position: int,
    record: StockRecord,
    states: Sequence[HouseholdOrderState],
    chance: random.Random,
) -> None:
    product, price = record.product, record.dong
    quantity = max(1, round(DONG_OF_A_PART * chance.uniform(0.4, 1.6) / price))
    order.total_incl_tax += quantity * price
    order.total_excl_tax += quantity * price
    part = HouseholdOrder(
        order=order,
        household=product.household,
        number=household_order_number(order.number, position),
        state=states[-1],
        goods_total=quantity * price,
        shipping_charge=SHIPPING,
        weight_g=product.pack_weight_g * quantity,
        transit_days=2,
        placed_at=order.date_placed,
    )
    batch.parts.append(part)
    batch.lines.append(_line(order, part, record, quantity, price))
    times = [order.date_placed + timedelta(hours=20 * step) for step in range(len(states))]
    batch.events += [
        HouseholdOrderEvent(household_order=part, state=state, at=at) for state, at in zip(states, times, strict=True)
    ]
    for state, acts in ACTS_OF_ANSWERS.items():
        if state in states:
            at = times[states.index(state)]
            batch.acts += [
                Act(key=f"{key}:{part.number}", household=product.household, kind=kind, happened_at=at, learned_at=at)
                for kind, key in acts
            ]


def _line(order: Order, part: HouseholdOrder, record: StockRecord, quantity: int, price: int) -> Line:
    product, total = record.product, quantity * price
    return Line(
        order=order,
        household_order=part,
        partner=record.partner,
        partner_name=record.partner.name,
        partner_sku=record.partner_sku,
        stockrecord=record,
        product=product,
        title=product.title,
        quantity=quantity,
        num_allocated=0,
        line_price_incl_tax=total,
        line_price_excl_tax=total,
        line_price_before_discounts_incl_tax=total,
        line_price_before_discounts_excl_tax=total,
        unit_price_incl_tax=price,
        unit_price_excl_tax=price,
        sale_unit=product.sale_unit,
        pieces=product.pieces,
        net_weight_g=product.net_weight_g,
    )


def _payment(order: Order, part: HouseholdOrder) -> Payment:
    """Cash came with the parcel, or never."""
    amount, is_paid = int(order.total_incl_tax), part.state == State.DELIVERED
    return Payment(
        order=order,
        key=key(SEED, "payment", str(order.placement_key)),
        method=PaymentMethod.CASH_ON_DELIVERY,
        state=PaymentState.PAID if is_paid else PaymentState.CLOSED,
        amount=amount,
        received=amount if is_paid else 0,
        created_at=order.date_placed,
    )
