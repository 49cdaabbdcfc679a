"""What a household (or its team under a mandate) and the buyer do with a household order after it was placed.

Doing a step that has been done already changes nothing and is no error: somebody else got there first.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.text import nfc
from households.access import Acting, NotAllowed
from households.models import Act
from households.services import record_act
from shop.order.models import HouseholdOrder
from shop.order.models import HouseholdOrderState as State
from shop.order.services import notices, payments
from shop.order.services.errors import ReasonMissing, StepNotAllowed
from shop.order.services.history import enter_state, lock_part


def answer_household_order(
    *, household_order: HouseholdOrder, acting: Acting, accept: bool, now: datetime, reason: str = ""
) -> HouseholdOrder:
    """Accept, or decline with a reason the buyer reads. Raises NotAllowed, ReasonMissing, StepNotAllowed."""
    reason = nfc(reason).strip()
    if not accept and not reason:
        raise ReasonMissing(_("Say in a few words why you cannot deliver: the buyer reads it."))
    return _step(household_order, State.ACCEPTED if accept else State.DECLINED, acting, now, reason)


def mark_sent(
    *, household_order: HouseholdOrder, acting: Acting, now: datetime, tracking_number: str = ""
) -> HouseholdOrder:
    """The parcel has left; what was kept for it leaves the stock. Raises NotAllowed, StepNotAllowed."""
    return _step(household_order, State.SENT, acting, now, tracking_number=tracking_number.strip())


def mark_delivered(*, household_order: HouseholdOrder, acting: Acting, now: datetime) -> HouseholdOrder:
    """The buyer has the goods; cash on delivery counts as received. Raises NotAllowed, StepNotAllowed."""
    return _step(household_order, State.DELIVERED, acting, now)


def mark_returned(*, household_order: HouseholdOrder, acting: Acting, reason: str, now: datetime) -> HouseholdOrder:
    """The parcel came back; fresh goods do not return to the stock. Raises NotAllowed, StepNotAllowed."""
    return _step(household_order, State.RETURNED, acting, now, reason)


@transaction.atomic
def cancel_household_order(
    *, household_order: HouseholdOrder, now: datetime, actor: User | None = None
) -> HouseholdOrder:
    """The buyer takes the order back while the household has not answered. Raises StepNotAllowed.

    What waits for a card payment is given up as a whole (``shop.payment``): its charge is for the whole.
    """
    part = lock_part(household_order)
    if part.state == State.CANCELLED:
        return part
    if part.state == State.UNPAID:
        raise StepNotAllowed(_("This order is not paid yet: pay it or give it up as a whole."))
    enter_state(part, State.CANCELLED, now=now, actor=actor)
    payments.settle_part(part, now)
    notices.tell_household_of_cancellation(part, now)
    return part


@transaction.atomic
def remind_of_answer(*, household_order: HouseholdOrder, now: datetime) -> bool:
    """Remind the household, once for each day; False when it has answered meanwhile."""
    part = lock_part(household_order)
    if part.state != State.NEW:
        return False
    notices.remind_household(part, now)
    return True


@transaction.atomic
def _step(
    household_order: HouseholdOrder,
    target: State,
    acting: Acting,
    now: datetime,
    note: str = "",
    tracking_number: str = "",
) -> HouseholdOrder:
    part = lock_part(household_order)
    if acting.household.pk != part.household_id:
        raise NotAllowed(_("This order belongs to another household."))
    if part.state == target:
        return part
    part.tracking_number = tracking_number or part.tracking_number
    enter_state(part, target, now=now, actor=acting.user, team=acting.team, note=note)
    payments.settle_part(part, now)
    notices.tell_buyer_of_step(part, now, note)
    if target == State.ACCEPTED:
        record_act(
            household=part.household,
            kind=Act.Kind.SALE,
            happened_at=now,
            key=f"sale:{part.number}",
            now=now,
            actor=acting.user,
            team=acting.team,
        )
    return part
