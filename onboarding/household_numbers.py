"""What waits for a household and what it sold, in numbers: the head of its first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from catalog.access import checkable_listings
from catalog.models import ListingRevision, ListingStatus, Product, RevisionStatus
from catalog.offer.models import StockRecord
from catalog.questions.selectors import questions_waiting_for
from core.periods import VIETNAM
from households.access import valid_mandates
from households.models import Household, Mandate
from onboarding.todo import MANDATE_ENDS_SOON
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState
from shop.payment.models import PaymentMethod

LOW_STOCK = 3
"""Of a listing on sale so few sale units are left that the household should say how many there are."""
MAX_LOW_SHOWN = 5
State = HouseholdOrderState


@dataclass(frozen=True, slots=True)
class HouseholdNumbers:
    """Counts, and sums in whole dong. ``to_collect`` is cash of parcels that are promised or on their way.

    ``sold`` and ``sold_for`` are parcels delivered since the month began in Vietnam.
    """

    to_answer: int
    to_send: int
    on_the_way: int
    sent_back: int
    questions: int
    to_check: int
    to_collect: int
    sold: int
    sold_for: int


def household_numbers(household: Household, user: User, now: datetime) -> HouseholdNumbers:
    """Five queries."""
    month = now.astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    arrived = HouseholdOrderEvent.objects.standing().filter(
        household_order=OuterRef("pk"), state=State.DELIVERED, at__gte=month
    )
    sold = Q(state=State.DELIVERED, arrived_this_month=True)
    cash = Q(state__in=[State.ACCEPTED, State.SENT], order__payment__method=PaymentMethod.CASH_ON_DELIVERY)
    orders = HouseholdOrder.objects.filter(household=household).annotate(arrived_this_month=Exists(arrived))
    counted = orders.aggregate(
        to_answer=Count("pk", filter=Q(state=State.NEW)),
        to_send=Count("pk", filter=Q(state=State.ACCEPTED)),
        on_the_way=Count("pk", filter=Q(state=State.SENT)),
        sold=Count("pk", filter=sold),
        sold_goods=Sum("goods_total", filter=sold, default=0),
        sold_shipping=Sum("shipping_charge", filter=sold, default=0),
        cash_goods=Sum("goods_total", filter=cash, default=0),
        cash_shipping=Sum("shipping_charge", filter=cash, default=0),
    )
    told = (Q(status=ListingStatus.DRAFT) & ~Q(check_note="")) | Q(status=ListingStatus.TAKEN_DOWN)
    changes = ListingRevision.objects.filter(
        listing__household=household, team__isnull=True, status=RevisionStatus.SENT_BACK
    )
    waiting = checkable_listings(user, now).filter(household=household, status=ListingStatus.IN_CHECK)
    return HouseholdNumbers(
        to_answer=counted["to_answer"],
        to_send=counted["to_send"],
        on_the_way=counted["on_the_way"],
        questions=questions_waiting_for(user, now).filter(listing__household=household).count(),
        sent_back=Product.objects.filter(told, household=household).count() + changes.count(),
        to_check=waiting.count(),
        to_collect=counted["cash_goods"] + counted["cash_shipping"],
        sold=counted["sold"],
        sold_for=counted["sold_goods"] + counted["sold_shipping"],
    )


def low_offers(household: Household) -> list[StockRecord]:
    """Of listings on sale, those of which LOW_STOCK or fewer are left to order, the fewest first."""
    records = StockRecord.objects.filter(product__household=household, product__status=ListingStatus.PUBLISHED)
    left = records.annotate(left=F("num_in_stock") - Coalesce("num_allocated", 0))
    return list(left.filter(left__lte=LOW_STOCK).select_related("product").order_by("left", "pk")[:MAX_LOW_SHOWN])


def ending_mandates(household: Household, now: datetime) -> QuerySet[Mandate]:
    """Valid ones that end within MANDATE_ENDS_SOON, the first to end first."""
    soon = valid_mandates(now).filter(household=household, expires_at__lte=now + MANDATE_ENDS_SOON)
    return soon.select_related("team").order_by("expires_at", "pk")
