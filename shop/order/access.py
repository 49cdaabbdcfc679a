"""Who may see an order: its buyer, whoever has its link, the household and its team; the last two answer it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from households.access import households_to_act_for
from households.models import Scope
from shop.order.links import is_signed
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Order


def household_orders_for(user: User, now: datetime) -> QuerySet[HouseholdOrder]:
    """Parts that ``user`` may see and answer. What waits for a payment is not the household's yet."""
    reached = HouseholdOrderEvent.objects.filter(household_order=OuterRef("pk"), state=HouseholdOrderState.NEW)
    return HouseholdOrder.objects.filter(Exists(reached), household__in=households_to_act_for(user, Scope.ORDERS, now))


def orders_of_buyer(user: User) -> QuerySet[Order]:
    """What the person ordered, signed in or as a guest with the phone number that opens the account."""
    return Order.objects.filter(Q(user=user) | Q(buyer_phone=user.phone))


def orders_of_link(number: str, signature: str, now: datetime) -> QuerySet[Order]:
    """The order whose signed link this is: whoever has the link follows and pays the order. None for any other link.

    Raises LinkHasEnded for a link whose days are over.
    """
    return Order.objects.filter(number=number) if is_signed(number, signature, now) else Order.objects.none()
