"""Reading orders: for the buyer, for a household, for the work that waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from accounts.models import User
from accounts.phones import show_phone, whole_phone
from core.periods import vietnam_date
from core.personal_data import mask_name, mask_phone
from core.text import letters_and_digits
from households.models import Act
from shop.order import states
from shop.order.access import orders_of_buyer
from shop.order.links import order_url
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Order
from shop.order.numbers import order_number_of


def find_order(number: str, phone: str) -> Order | None:
    """The order of this number, of this part's number or of this tracking number, placed with this phone.

    None if either is wrong.
    """
    buyer_phone, order_number = whole_phone(phone), order_number_of(number)
    if not buyer_phone:
        return None
    own = Order.objects.filter(buyer_phone=buyer_phone)
    order = own.filter(number=order_number).first() if order_number else None
    return order or _order_of_tracking(own, letters_and_digits(number).upper())


def _order_of_tracking(own: QuerySet[Order], typed: str) -> Order | None:
    """Households write tracking numbers as they like, so they are compared without blanks and signs."""
    parts = HouseholdOrder.objects.filter(order__in=own).exclude(tracking_number="").select_related("order")
    wanted = (part.order for part in parts if letters_and_digits(part.tracking_number).upper() == typed)
    return next(wanted, None) if typed else None


def latest_orders(user: User, now: datetime) -> list[tuple[Order, str]]:
    """The person's last orders with the addresses of their pages, for the head of the account page: two queries."""
    orders = orders_of_buyer(user).prefetch_related("household_orders__household")
    return [(order, order_url(order, now=now)) for order in orders.order_by("-date_placed", "-pk")[:MAX_LATEST]]


def with_parts(orders: QuerySet[Order]) -> QuerySet[Order]:
    """All that a buyer's page shows: five queries, whatever the number of sellers and lines."""
    return orders.select_related("shipping_address__commune__province", "payment").prefetch_related(
        "household_orders__household__commune__province", "household_orders__lines", "household_orders__events"
    )


def with_lines(parts: QuerySet[HouseholdOrder]) -> QuerySet[HouseholdOrder]:
    """All that a household's list and detail show."""
    return parts.select_related(
        "household__commune__province", "order__payment", "order__shipping_address__commune__province"
    ).prefetch_related("lines")


MAX_LATEST = 3
PACKING = timedelta(days=1)
"""A household packs and hands over within a day of its promise, as a rule."""


@dataclass(frozen=True, slots=True)
class BuyerSeen:
    """What a household sees of the buyer; masked until it has promised to deliver."""

    name: str
    phone: str
    place: str
    is_masked: bool


def buyer_seen_by_household(part: HouseholdOrder) -> BuyerSeen:
    address = part.order.shipping_address
    name, area, place = (address.first_name, address.area, address.place) if address else ("", "", "")
    if part.state not in states.PROMISED:
        return BuyerSeen(mask_name(name), mask_phone(part.order.buyer_phone), area, True)
    return BuyerSeen(name, show_phone(part.order.buyer_phone), place, False)


def arrival_of(part: HouseholdOrder) -> date | None:
    """About which day in Vietnam the parcel arrives, as things stand; None once it did, or will not.

    An unanswered part counts from its household's last hour to answer, a promised one from the day after the promise.
    """
    if part.state == HouseholdOrderState.NEW:
        leaves = part.answer_by + PACKING
    elif part.state in (HouseholdOrderState.ACCEPTED, HouseholdOrderState.SENT):
        moved = max(event.at for event in part.events.all() if event.state == part.state)
        leaves = moved + PACKING if part.state == HouseholdOrderState.ACCEPTED else moved
    else:
        return None
    return vietnam_date(leaves + timedelta(days=part.transit_days))


def unanswered_parts(now: datetime, *, older_than: timedelta) -> QuerySet[HouseholdOrder]:
    """Parts that wait for their household's answer for longer than this, since it was asked last."""
    asked_since = HouseholdOrderEvent.objects.filter(
        household_order=OuterRef("pk"), state=HouseholdOrderState.NEW, at__gt=now - older_than
    )
    waiting = HouseholdOrder.objects.filter(state=HouseholdOrderState.NEW, placed_at__lte=now - older_than)
    return waiting.filter(~Exists(asked_since))


def asked_between(since: datetime, until: datetime) -> QuerySet[HouseholdOrderEvent]:
    """The moments at which households were asked to deliver: when the order was placed or, with a card, paid."""
    asked = HouseholdOrderEvent.objects.filter(state=HouseholdOrderState.NEW, at__gte=since, at__lt=until)
    return asked.filter(takes_back=None)


def answers_in_time(
    households: Iterable[int], *, since: datetime, until: datetime, within: timedelta
) -> dict[int, tuple[int, int]]:
    """For each household that was asked: how often, and how often it accepted or declined in time. One query.

    What the buyer took back within that time is not counted: nobody knows what the answer would have been.
    """
    soon = HouseholdOrderEvent.objects.standing().filter(
        household_order=OuterRef("household_order"), at__gte=OuterRef("at"), at__lte=OuterRef("at") + within
    )
    answered = soon.filter(state__in=(HouseholdOrderState.ACCEPTED, HouseholdOrderState.DECLINED))
    asked = asked_between(since, until).filter(household_order__household__in=list(households))
    asked = asked.annotate(
        in_time=Exists(answered), taken_back=Exists(soon.filter(state=HouseholdOrderState.CANCELLED))
    )
    counted = asked.filter(taken_back=False).order_by().values(household=F("household_order__household"))
    counted = counted.annotate(times=Count("pk"), kept=Count("pk", filter=Q(in_time=True)))
    return {row["household"]: (row["times"], row["kept"]) for row in counted}


def unpaid_orders(now: datetime, *, older_than: timedelta) -> QuerySet[Order]:
    """Orders that wait for a card payment for longer than this."""
    waiting = HouseholdOrder.objects.filter(state=HouseholdOrderState.UNPAID, placed_at__lte=now - older_than)
    return Order.objects.filter(pk__in=waiting.values("order"))


def may_come_back(order_id: Any, now: datetime) -> QuerySet[HouseholdOrderEvent]:
    """How the parts of an order (an id, or an expression) were lost that may be taken back still.

    What was given up before its household was asked does not come back.
    """
    since = now - timedelta(minutes=settings.TAKE_BACK_MINUTES)
    lost = HouseholdOrderEvent.objects.standing().filter(household_order__order=order_id, at__gt=since)
    asked = HouseholdOrderEvent.objects.filter(state=HouseholdOrderState.NEW)
    asked = asked.filter(household_order=OuterRef("household_order"))
    return lost.filter(Exists(asked), state__in=states.CAN_BE_TAKEN_BACK & states.LOST)


def final_declines(now: datetime) -> QuerySet[HouseholdOrderEvent]:
    """Declines that can no longer be taken back and do not count as the household's answer yet."""
    number = Concat(Value("answer:"), OuterRef("household_order__number"))
    until = now - timedelta(minutes=settings.TAKE_BACK_MINUTES)
    declines = HouseholdOrderEvent.objects.standing().filter(state=HouseholdOrderState.DECLINED, at__lte=until)
    return declines.filter(~Exists(Act.objects.filter(key=number)))
