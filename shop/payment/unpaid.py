"""A card order keeps goods before it is paid: how much, for how long, and when its phone must be proven first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.offer.models import StockRecord
from shop.order.models import HouseholdOrder, HouseholdOrderState, Line
from shop.payment.cash import PhoneNotProven, is_above_cash_limit

TIME_TO_PAY = timedelta(minutes=20)


def require_unpaid_allowed(
    *,
    phone: str,
    buyer: User | None,
    total: int,
    quantities: Mapping[int, int],
    records: Mapping[int, StockRecord],
) -> None:
    """Let an order by card, whose ``phone`` (E.164) nobody proved, keep its goods until it is paid or TIME_TO_PAY ends.

    All that waits for payment on this phone or by this buyer counts together, against the limits of cash
    (``CASH_LIMIT_DONG``, ``CASH_LIMIT_QUANTITY``). Of each listing, such orders of all strangers together keep at most
    half, so that no number of made-up phones takes a household off the market. ``quantities`` and the locked
    ``records`` go by the key of the listing. Raises PhoneNotProven: with the code the order goes through.
    """
    waiting = HouseholdOrder.objects.filter(state=HouseholdOrderState.UNPAID, order__phone_is_proven=False)
    theirs = Q(order__buyer_phone=phone) | (Q(order__user=buyer) if buyer else Q())
    own = waiting.filter(theirs)
    total += own.aggregate(dong=Sum(F("goods_total") + F("shipping_charge"), default=0))["dong"]
    pieces = sum(quantities.values())
    pieces += Line.objects.filter(household_order__in=own).aggregate(count=Sum("quantity", default=0))["count"]
    if is_above_cash_limit(total, pieces) or _keeps_too_much(waiting, quantities, records):
        raise PhoneNotProven(
            _("So much is kept before it is paid only for a proven phone: confirm it with the code that we send you.")
        )


def _keeps_too_much(
    waiting: QuerySet[HouseholdOrder], quantities: Mapping[int, int], records: Mapping[int, StockRecord]
) -> bool:
    """Whether unproven phones would keep more than half of one of these listings; half of one piece is the piece."""
    kept = Line.objects.filter(household_order__in=waiting, product_id__in=quantities).order_by()
    kept_of = dict(kept.values_list("product_id").annotate(Sum("quantity")))
    return any(
        2 * (kept_of.get(listing, 0) + wanted) > (records[listing].num_in_stock or 0) + 1
        for listing, wanted in quantities.items()
    )
