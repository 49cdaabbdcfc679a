"""Acceptances that one person alone could have made up: they count, and are shown and counted apart.

Nobody is accused: who buys from a household in the family is a buyer like another. But a figure that one person can
raise alone must say how much of it rests on that person's word.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import HouseholdMember, Mandate, TeamMember
from reporting.frames import Frame
from shop.order.models import HouseholdOrderEvent, HouseholdOrderState
from shop.payment.models import Payment, PaymentMethod, PaymentState

PART = "household_order__"
REASONS = {
    "is_own_order": _("the household bought from itself"),
    "is_team_order": _("bought by a member of the household's team"),
    "is_by_one_hand": _("answered and delivered by one volunteer alone"),
}

# Read together with the reasons above: what each of them means for a reader of figures.
WHAT_IS_IN_DOUBT = _(
    "In doubt is what one person alone could have made up: what a household bought from itself, what a member of its "
    "team bought, and what one volunteer answered and delivered without the household or a paid card."
)
EVERY_SALE_IN_DOUBT = _("every sale that counts is in doubt")


def with_doubts(rows: QuerySet[HouseholdOrderEvent], frame: Frame) -> QuerySet[Any]:
    """Acceptances, each with the reasons of ``REASONS`` as yes or no; what came after ``as_of`` is not looked at."""
    buyer = Q(user=OuterRef(f"{PART}order__user")) | Q(phone=OuterRef(f"{PART}order__buyer_phone"))
    serving = Q(joined_at__lte=OuterRef("at")) & (Q(left_at__isnull=True) | Q(left_at__gt=OuterRef("at")))
    household = OuterRef(f"{PART}household")
    mandates = Mandate.objects.filter(household=OuterRef(household), given_at__lte=OuterRef(OuterRef("at")))
    buyer_in_team = Q(user=OuterRef(f"{PART}order__user")) | Q(user__phone=OuterRef(f"{PART}order__buyer_phone"))
    its_team = Q(team=OuterRef(f"{PART}household__opened_by_team")) | Q(team__in=mandates.values("team"))
    steps = HouseholdOrderEvent.objects.filter(household_order=OuterRef("household_order"), at__lte=frame.as_of)
    delivered = steps.standing(frame.as_of).filter(
        state=HouseholdOrderState.DELIVERED, actor=OuterRef("actor"), team__isnull=False
    )
    members = HouseholdMember.objects.filter(household=OuterRef("household_order__household"), user=OuterRef("actor"))
    by_household = steps.filter(Exists(members), team__isnull=True)
    paid_by_card = Payment.objects.filter(
        order=OuterRef(f"{PART}order"), state=PaymentState.PAID, created_at__lte=frame.as_of
    ).exclude(method=PaymentMethod.CASH_ON_DELIVERY)
    return rows.annotate(
        is_own_order=Exists(HouseholdMember.objects.filter(buyer, serving, household=household))
        | Q(**{f"{PART}order__buyer_phone": F(f"{PART}household__phone")}),
        is_team_order=Exists(TeamMember.objects.filter(buyer_in_team, its_team, serving)),
        is_by_one_hand=Q(team__isnull=False) & Exists(delivered) & ~Exists(by_household) & ~Exists(paid_by_card),
    )


def in_doubt(rows: QuerySet[HouseholdOrderEvent], frame: Frame) -> QuerySet[Any]:
    """Those of the acceptances for which a reason holds."""
    return with_doubts(rows, frame).filter(Q(is_own_order=True) | Q(is_team_order=True) | Q(is_by_one_hand=True))


def out_of_doubt(rows: QuerySet[HouseholdOrderEvent], frame: Frame) -> QuerySet[Any]:
    """Those of the acceptances for which no reason holds."""
    return with_doubts(rows, frame).filter(is_own_order=False, is_team_order=False, is_by_one_hand=False)


def doubts_of(row: Any) -> str:
    """The reasons that hold for a row of ``with_doubts``, in words; empty where none does."""
    return "; ".join(str(words) for name, words in REASONS.items() if getattr(row, name))
