"""One step of a household order: state, history row, stock and audit row together."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from households.models import DigitalTeam
from shop.order import states, stock
from shop.order.models import HouseholdOrder, HouseholdOrderEvent, HouseholdOrderState
from shop.order.services.errors import StepNotAllowed


def lock_part(part: HouseholdOrder) -> HouseholdOrder:
    """The household order as it is now, locked for the rest of the transaction."""
    return HouseholdOrder.objects.select_for_update(of=("self",)).select_related("household", "order").get(pk=part.pk)


def enter_state(
    part: HouseholdOrder,
    target: HouseholdOrderState,
    *,
    now: datetime,
    actor: User | None = None,
    team: DigitalTeam | None = None,
    note: str = "",
) -> None:
    """Move a locked household order on. Raises StepNotAllowed."""
    if not states.may_follow(part.state, target):
        raise StepNotAllowed(
            _("This order is already “%(state)s”. Open it again to see what can be done.")
            % {"state": part.get_state_display()},
            state=part.state,
        )
    before, part.state = part.state, target
    part.save(update_fields=["state", "tracking_number"])
    HouseholdOrderEvent.objects.create(household_order=part, state=target, at=now, actor=actor, team=team, note=note)
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
        team_id=team.pk if team else None,
        changes={"state": [before, target]},
    )
