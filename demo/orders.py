"""Half a year of orders: baskets over one to three households, answered, sent, delivered, now and then declined."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from catalog.models import Product
from demo.accounts import MONTHS_BACK, head_of
from demo.rows import key
from households.access import Acting
from households.models import Commune
from shop.checkout.placement import place_order
from shop.order.models import HouseholdOrder, Order
from shop.order.services import answer_household_order, mark_delivered, mark_sent
from shop.order.stock import WantedLine

MAX_ORDERS = 120
BUYERS = (
    ("Nguyễn Văn An", "0912002001", "00070"),
    ("Trần Thu Trang", "0912002002", "26737"),
    ("Lê Hoàng Nam", "0912002003", "11383"),
    ("Phạm Ngọc Bích", "0912002004", "20242"),
    ("Đỗ Minh Quân", "0912002005", "05443"),
    ("Hồ Thị Sương", "0912002006", "31135"),
)


def load_orders(*, now: datetime) -> int:
    """Place what is missing of the demo's orders, oldest first; says how many there are."""
    chance = random.Random(1034)
    for number in range(MAX_ORDERS):
        placed = now - timedelta(days=(MONTHS_BACK - 2) * 30 * (1 - (number + 1) / MAX_ORDERS), hours=number % 11)
        wanted, buyer, fate = _basket(chance, placed), chance.choice(BUYERS), chance.random()
        if wanted and not Order.objects.filter(placement_key=key("order", str(number))).exists():
            _play(number, wanted, buyer, fate, placed, now)
    return Order.objects.count()


def _basket(chance: random.Random, placed: datetime) -> list[WantedLine]:
    """One to three listings that were on sale then, in stock now."""
    on_sale = list(Product.objects.filter(published_at__lt=placed).order_by("key").values_list("pk", flat=True))
    chosen = chance.sample(on_sale, min(len(on_sale), chance.choice((1, 1, 2, 3))))
    return [WantedLine(pk, 1) for pk in chosen]


def _play(
    number: int,
    wanted: list[WantedLine],
    buyer: tuple[str, str, str],
    fate: float,
    placed: datetime,
    now: datetime,
) -> None:
    name, phone, commune = buyer
    order = place_order(
        lines=wanted,
        placement_key=key("order", str(number)),
        name=name,
        phone=phone,
        commune=Commune.objects.get(code=commune),
        address="Số 12, ngõ chợ",
        phone_is_proven=True,
        now=placed,
    )
    for part in order.household_orders.select_related("household__head__user").order_by("pk"):
        _answer(part, fate, placed, now)


def _answer(part: HouseholdOrder, fate: float, placed: datetime, now: datetime) -> None:
    acting = Acting(head_of(part.household), part.household)
    steps = _steps(fate, placed)
    if fate > 0.93:
        answer_household_order(
            household_order=part, acting=acting, accept=False, reason="Mưa to, không hái được.", now=next(steps)
        )
        return
    for step, at in zip((_accept, mark_sent, mark_delivered), steps, strict=False):
        if at < now:
            step(household_order=part, acting=acting, now=at)


def _accept(*, household_order: HouseholdOrder, acting: Acting, now: datetime) -> HouseholdOrder:
    return answer_household_order(household_order=household_order, acting=acting, accept=True, now=now)


def _steps(fate: float, placed: datetime) -> Iterator[datetime]:
    """When the household answers, sends, and the parcel arrives."""
    answered = placed + timedelta(hours=2 + 20 * fate)
    yield answered
    yield answered + timedelta(hours=20)
    yield answered + timedelta(days=3)
