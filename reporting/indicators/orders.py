"""Indicators of what was sold: buyers' orders, and the value of their goods."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from reporting.frames import Frame
from reporting.indicators.declaration import Adding, Doubts, Evidence, Indicator, Proof
from reporting.indicators.doubts import WHAT_IS_IN_DOUBT, doubts_of, in_doubt, with_doubts
from shop.order.models import HouseholdOrderEvent, HouseholdOrderState
from shop.order.states import LOST

HOUSEHOLD = "household_order__household__"


def standing_acceptances(frame: Frame) -> QuerySet[HouseholdOrderEvent]:
    """Acceptances before the end of household orders that, as known at ``as_of``, were not undone at any time.

    A household order is accepted once at most (``shop.order.states``), so it has one such row. A decline or a return
    that was taken back undid nothing.
    """
    undone = HouseholdOrderEvent.objects.standing(frame.as_of).filter(
        household_order=OuterRef("household_order"), state__in=LOST, at__lte=frame.as_of
    )
    accepted = HouseholdOrderEvent.objects.filter(state=HouseholdOrderState.ACCEPTED, takes_back=None)
    return accepted.filter(~Exists(undone), at__lt=frame.end)


def acceptances_in_period(frame: Frame) -> QuerySet[HouseholdOrderEvent]:
    return standing_acceptances(frame).filter(at__gte=frame.period.start)


def show_part(row: HouseholdOrderEvent) -> Evidence:
    part = row.household_order
    return Evidence(
        what=part.number, at=row.at, reference=part.order.number, amount=part.goods_total, doubt=doubts_of(row)
    )


PROOF = Proof(show_part, lambda rows, frame: with_doubts(rows, frame).select_related("household_order__order"))

TRANSACTIONS = Indicator(
    code="transactions",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Transactions"),
    unit=_("orders"),
    text=_(
        "Orders of buyers of which at least one household accepted its part in the period and the part was not "
        "declined, cancelled or returned afterwards. An order with parts in two communes, or accepted in two months, "
        "counts once in each of them and once in their total."
    ),
    source=_("Decision 1034/QĐ-BTTTT: number of transactions; counted by the buyer's order."),
    facts=acceptances_in_period,
    household=HOUSEHOLD,
    adding=Adding.DISTINCT,
    field="household_order__order_id",
    proof=PROOF,
    moment="at",
    doubts=Doubts(in_doubt, WHAT_IS_IN_DOUBT),
)

VALUE = Indicator(
    code="value",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Value of transactions"),
    unit=_("dong"),
    text=_("Price of the goods in the parts of orders that count as transactions, without delivery."),
    source=_("Decision 1034/QĐ-BTTTT: value of transactions."),
    facts=acceptances_in_period,
    household=HOUSEHOLD,
    adding=Adding.SUM,
    field="household_order__goods_total",
    proof=PROOF,
    moment="at",
    doubts=Doubts(in_doubt, WHAT_IS_IN_DOUBT),
)

DECLARED = (TRANSACTIONS, VALUE)
