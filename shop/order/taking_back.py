"""Taking back what was just done to a household order: a cancellation, a decline, an arrival, a return.

Nothing is erased: another event says which one it takes back, and puts the order where it stood before. It can be done
for TAKE_BACK_MINUTES, in which nothing depends on the step: the other side is told, and money goes back, only then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from shop.order import notices, states, stock
from shop.order.models import HouseholdOrder, HouseholdOrderEvent
from shop.order.models import HouseholdOrderState as State
from shop.order.services import lock_part
from shop.order.signals import household_orders_moved


class CannotTakeBack(DomainError):
    """The time for it is over, or something depends on the step by now."""

    code = "cannot_take_back"


def take_back_time() -> timedelta:
    return timedelta(minutes=settings.TAKE_BACK_MINUTES)


def step_to_take_back(part: HouseholdOrder, now: datetime) -> HouseholdOrderEvent | None:
    """The last step of the household order, if it may be taken back ``now``; an unpaid order stays given up."""
    *earlier, last = part.events.all()
    if State(last.state) not in states.CAN_BE_TAKEN_BACK or now >= last.at + take_back_time():
        return None
    return None if earlier[-1].state == State.UNPAID else last


def may_take_back(step: HouseholdOrderEvent, acting: Acting) -> bool:
    """The household itself, or whoever did it for the household; what the buyer cancelled only the buyer takes back."""
    if step.state == State.CANCELLED:
        return False
    is_household = acting.team is None and not acting.is_operator
    return is_household or step.actor_id == acting.user.pk


@in_transaction
def take_back_answer(*, household_order: HouseholdOrder, acting: Acting, now: datetime) -> HouseholdOrder:
    """What the household or its team did last to its part. Raises NotAllowed, CannotTakeBack."""
    part = lock_part(household_order)
    if acting.household.pk != part.household_id:
        raise NotAllowed(_("This order belongs to another household."))
    step = _required_step(part, now)
    if not may_take_back(step, acting):
        raise NotAllowed(_("Only the household, or whoever did this, can take it back."))
    return _take_back(part, step, now=now, actor=acting.user, acting=acting)


@in_transaction
def take_back_cancellation(
    *, household_order: HouseholdOrder, now: datetime, actor: User | None = None
) -> HouseholdOrder:
    """The buyer wants the goods after all. Raises CannotTakeBack."""
    part = lock_part(household_order)
    step = _required_step(part, now)
    if step.state != State.CANCELLED:
        raise CannotTakeBack(_("This order was not cancelled by the buyer."))
    return _take_back(part, step, now=now, actor=actor)


def _required_step(part: HouseholdOrder, now: datetime) -> HouseholdOrderEvent:
    if step := step_to_take_back(part, now):
        return step
    raise CannotTakeBack(_("This can no longer be taken back: its time is over, or the order has moved on."))


def _take_back(
    part: HouseholdOrder,
    step: HouseholdOrderEvent,
    *,
    now: datetime,
    actor: User | None,
    acting: Acting | None = None,
) -> HouseholdOrder:
    team = acting.team if acting else None
    if not notices.withdraw_notice_of(step):
        raise CannotTakeBack(_("This can no longer be taken back: the other side has been told."))
    if step.state in states.RELEASES_STOCK:
        _keep_again(part)
    left, part.state = part.state, part.events.filter(pk__lt=step.pk).latest("at", "pk").state
    part.save(update_fields=["state"])
    HouseholdOrderEvent.objects.create(
        household_order=part, state=part.state, at=now, actor=actor, team=team, takes_back=step
    )
    household_orders_moved.send(sender=HouseholdOrder, order=part.order, now=now, taken_back=True)
    audit.record(
        action="take_back_step",
        subject=part,
        now=now,
        actor=actor,
        household_code=part.household.code,
        capacity=acting.capacity if acting else None,
        team_id=team.pk if team else None,
        changes={"state": [left, part.state]},
    )
    return part


def _keep_again(part: HouseholdOrder) -> None:
    """Keep what the step had given back, as if it were ordered now. Raises CannotTakeBack when it is gone."""
    lines = list(part.lines.all())
    wanted = stock.count_wanted(stock.WantedLine(line.product_id or 0, line.quantity) for line in lines)
    try:
        stock.take_lines(wanted, stock.lock_stock(wanted))
    except stock.LinesRefused as refusal:
        gone = " ".join(str(problem.message) for problem in refusal.problems)
        raise CannotTakeBack(_("This can no longer be taken back. %(gone)s") % {"gone": gone}) from refusal
