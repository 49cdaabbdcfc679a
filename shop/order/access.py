"""Who may see and answer a household's orders: the household, and a team under its mandate for orders."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from households.access import own_households, teams_of, valid_mandates
from households.models import Household, Scope
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState, Order


def answerable_households(user: User, now: datetime) -> QuerySet[Household]:
    """Own households, and those whose mandate lets one of the user's teams answer orders now."""
    mandates = valid_mandates(now).filter(team__in=teams_of(user, now)).select_related("team", "household")
    mandated = [
        mandate.household_id
        for mandate in mandates
        if Scope.ORDERS in mandate.scopes and _stands_on_the_ground_of(mandate.household, mandate.team)
    ]
    own = own_households(user, now).values("pk")
    return Household.objects.filter(Q(pk__in=own) | Q(pk__in=mandated))


def _stands_on_the_ground_of(household: Household, team: object) -> bool:
    village = getattr(team, "village_name", "")
    return household.commune_id == getattr(team, "commune_id", None) and village in ("", household.village_name)


def household_orders_for(user: User, now: datetime) -> QuerySet[HouseholdOrder]:
    """Parts that ``user`` may see and answer. What waits for a payment is not the household's yet."""
    reached = HouseholdOrderEvent.objects.filter(household_order=OuterRef("pk"), state=HouseholdOrderState.NEW)
    return HouseholdOrder.objects.filter(Exists(reached), household__in=answerable_households(user, now))


def orders_of_buyer(user: User) -> QuerySet[Order]:
    """What the person ordered, signed in or as a guest with the phone number that opens the account."""
    return Order.objects.filter(Q(user=user) | Q(buyer_phone=user.phone))
