"""What of an order may be reviewed: the listings of lines that were delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from catalog.models import Review
from catalog.reviews.services import EDITABLE_FOR
from core.periods import vietnam_date
from shop.order.models import HouseholdOrderEvent, HouseholdOrderState, Line, Order


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A delivered line and the buyer's review of its listing, if there is one."""

    line: Line
    review: Review | None
    is_open: bool
    """Whether it may be written, or changed still."""


def delivered_lines(order: Order) -> QuerySet[Line]:
    """The order's lines that were delivered; a listing that was deleted since has no line here."""
    lines = Line.objects.filter(order=order, household_order__state=HouseholdOrderState.DELIVERED)
    return lines.exclude(product=None).select_related("product__household", "household_order").order_by("pk")


def reviewables(order: Order, now: datetime) -> list[Reviewable]:
    """One for each listing, in the order of the lines: two queries."""
    lines = {line.product_id: line for line in reversed(delivered_lines(order))}
    written = Review.objects.filter(buyer_phone=order.buyer_phone, listing__in=lines).select_related("listing")
    reviews = {review.listing_id: review for review in written}
    return [
        Reviewable(line, reviews.get(pk), _is_open(reviews.get(pk), now)) for pk, line in reversed(list(lines.items()))
    ]


def received_date(line: Line) -> date:
    """The day in Vietnam on which the line's household order was delivered."""
    steps = HouseholdOrderEvent.objects.standing().filter(
        household_order=line.household_order, state=HouseholdOrderState.DELIVERED
    )
    return vietnam_date(steps.latest("at", "pk").at)


def _is_open(review: Review | None, now: datetime) -> bool:
    return review is None or (review.hidden_at is None and now - review.written_at < EDITABLE_FOR)
