"""What happens to a household order after it was placed: answered by its household, taken back, asked for, given up.

Doing a step that has been done already changes nothing and is no error: somebody else got there first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError, ReasonMissing
from core.locks import lock_row, lock_rows
from core.text import nfc
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.models import Act
from households.services import record_act
from messaging.services import send_messages
from shop.order import notices, states, stock
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, Order
from shop.order.models import HouseholdOrderState as State
from shop.order.selectors import final_declines, unanswered_parts
from shop.order.signals import household_orders_moved

#: What the household did by its answer, by the programme's rule: a buyer was answered, and goods were sold.
ACTS_OF_ANSWERS = {
    State.ACCEPTED: ((Act.Kind.EXCHANGE, "answer"), (Act.Kind.SALE, "sale")),
    State.DECLINED: ((Act.Kind.EXCHANGE, "answer"),),
}


class StepNotAllowed(DomainError):
    """The household order is not in a state from which this step leads on."""

    code = "step_not_allowed"


def answer_household_order(
    *, household_order: HouseholdOrder, acting: Acting, accept: bool, now: datetime, reason: str = ""
) -> HouseholdOrder:
    """Accept, or decline with a reason the buyer reads. Raises NotAllowed, ReasonMissing, StepNotAllowed."""
    reason = nfc(reason).strip()
    if not accept and not reason:
        raise ReasonMissing(_("Say in a few words why you cannot deliver: the buyer reads it."))
    return _take_step(household_order, State.ACCEPTED if accept else State.DECLINED, acting, now, reason)


def mark_sent(
    *, household_order: HouseholdOrder, acting: Acting, now: datetime, tracking_number: str = ""
) -> HouseholdOrder:
    """The parcel has left; what was kept for it leaves the stock. Raises NotAllowed, StepNotAllowed."""
    return _take_step(household_order, State.SENT, acting, now, tracking_number=tracking_number.strip())


def mark_delivered(*, household_order: HouseholdOrder, acting: Acting, now: datetime) -> HouseholdOrder:
    """The buyer has the goods; cash on delivery counts as received. Raises NotAllowed, StepNotAllowed."""
    return _take_step(household_order, State.DELIVERED, acting, now)


def mark_returned(*, household_order: HouseholdOrder, acting: Acting, reason: str, now: datetime) -> HouseholdOrder:
    """The parcel came back; fresh goods do not return to the stock. Raises NotAllowed, StepNotAllowed."""
    return _take_step(household_order, State.RETURNED, acting, now, reason)


@in_transaction
def _take_step(
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
    step = _enter(part, target, now=now, actor=acting.user, acting=acting, note=note)
    household_orders_moved.send(sender=HouseholdOrder, order=part.order, now=now)
    notices.tell_buyer_of_step(step)
    if target not in states.CAN_BE_TAKEN_BACK:
        _record_acts_of(step, now)
    return part


def _record_acts_of(step: HouseholdOrderEvent, now: datetime) -> None:
    """What the household did by a step that stands, for the programme's figures."""
    part = step.household_order
    for kind, key in ACTS_OF_ANSWERS.get(State(step.state), ()):
        record_act(
            household=part.household,
            kind=kind,
            happened_at=step.at,
            key=f"{key}:{part.number}",
            now=now,
            actor=step.actor,
            team=step.team,
        )


@in_transaction
def record_final_decline(*, decline: HouseholdOrderEvent, now: datetime) -> bool:
    """A decline is an answer once it cannot be taken back any more; False when it was, or can be still."""
    lock_part(decline.household_order)
    if not final_declines(now).filter(pk=decline.pk).exists():
        return False
    _record_acts_of(decline, now)
    return True


@in_transaction
def cancel_household_order(
    *, household_order: HouseholdOrder, now: datetime, actor: User | None = None, reason: str = ""
) -> HouseholdOrder:
    """The buyer takes the order back while the household has not answered; it reads why. Raises StepNotAllowed.

    What waits for a card payment is given up as a whole (``shop.payment``): its charge is for the whole.
    """
    part = lock_part(household_order)
    if part.state == State.CANCELLED:
        return part
    if part.state == State.UNPAID:
        raise StepNotAllowed(_("This order is not paid yet: pay it or give it up as a whole."))
    step = _enter(part, State.CANCELLED, now=now, actor=actor, note=reason)
    household_orders_moved.send(sender=HouseholdOrder, order=part.order, now=now)
    notices.tell_household_of_cancellation(step)
    return part


@in_transaction
def end_unanswered(*, household_order: HouseholdOrder, now: datetime) -> bool:
    """End what the household did not answer within ANSWER_WITHIN_HOURS; False when it is not so, or no longer.

    Its stock is free again, what was paid goes back, buyer and household are told.
    """
    part = lock_part(household_order)
    if not unanswered_parts(now, older_than=timedelta(hours=settings.ANSWER_WITHIN_HOURS)).filter(pk=part.pk).exists():
        return False
    step = _enter(part, State.UNANSWERED, now=now)
    household_orders_moved.send(sender=HouseholdOrder, order=part.order, now=now)
    notices.tell_buyer_of_step(step)
    notices.tell_household_of_unanswered_order(part, now)
    return True


@in_transaction
def remind_of_answer(*, household_order: HouseholdOrder, now: datetime) -> bool:
    """Remind the household, once for each day; False when it has answered meanwhile."""
    part = lock_part(household_order)
    if part.state != State.NEW:
        return False
    notices.tell_household_of_waiting_order(part, now)
    return True


def lock_parts(order: Order) -> list[HouseholdOrder]:
    """All household orders of an order, locked for the rest of the transaction."""
    return lock_rows(HouseholdOrder.objects.filter(order=order).select_related("household", "order"))


@in_transaction
def ask_households(*, order: Order, now: datetime) -> bool:
    """Show the order to its households, which learn of it only now; False when none waited for a payment."""
    waiting = [part for part in lock_parts(order) if part.state == State.UNPAID]
    for part in waiting:
        _enter(part, State.NEW, now=now, actor=order.user)
    if waiting:
        send_messages([notices.new_order_message(part, part.lines.all()) for part in waiting], now=now)
        household_orders_moved.send(sender=HouseholdOrder, order=order, now=now)
    return bool(waiting)


@in_transaction
def end_unpaid(*, order: Order, state: State, now: datetime) -> bool:
    """End what waits for a payment and release its stock; False when nothing waited.

    ``state`` says who ended it: CANCELLED the buyer, NOT_PAID the marketplace.
    """
    waiting = [part for part in lock_parts(order) if part.state == State.UNPAID]
    if waiting:
        stock.lock_stock(order.lines.exclude(product=None).values_list("product", flat=True))
    for part in waiting:
        _enter(part, state, now=now)
    if waiting:
        household_orders_moved.send(sender=HouseholdOrder, order=order, now=now)
    return bool(waiting)


def lock_part(part: HouseholdOrder) -> HouseholdOrder:
    """The household order as it is now, locked for the rest of the transaction."""
    return lock_row(HouseholdOrder.objects.select_related("household", "order"), pk=part.pk)


def _enter(
    part: HouseholdOrder,
    target: State,
    *,
    now: datetime,
    actor: User | None = None,
    acting: Acting | None = None,
    note: str = "",
) -> HouseholdOrderEvent:
    """Move a locked household order on: state, history, stock and audit row together. Raises StepNotAllowed.

    ``acting`` says in which right the household's side does it; the buyer and the site act for no household.
    """
    if not states.may_follow(part.state, target):
        raise StepNotAllowed(
            _("This order is already “%(state)s”. Open it again to see what can be done.")
            % {"state": part.get_state_display()},
            state=part.state,
        )
    before, part.state = part.state, target
    part.save(update_fields=["state", "tracking_number"])
    team = acting.team if acting else None
    event = HouseholdOrderEvent.objects.create(
        household_order=part, state=target, at=now, actor=actor, team=team, note=note
    )
    if target in states.RELEASES_STOCK:
        stock.release(part.lines.all())
    elif target in states.CONSUMES_STOCK:
        stock.consume(part.lines.all())
    audit.record(
        action=f"household_order_{target}",
        subject=part,
        now=now,
        actor=actor,
        household_code=part.household.code,
        capacity=acting.capacity if acting else None,
        team_id=team.pk if team else None,
        changes={"state": [before, target]},
    )
    return event
