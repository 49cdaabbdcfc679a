"""The audit row of what somebody does for a household."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.models import User
from core import audit
from core.models import AuditEntry, Capacity
from households.access import Acting, acting_as
from households.models import DigitalTeam, Household


def record_for_household(
    *, acting: Acting, action: str, subject: Model, now: datetime, changes: dict[str, Any]
) -> AuditEntry:
    """Write the row, which the household can read, inside the caller's transaction; see ``core.audit.record``."""
    return audit.record(
        action=action,
        subject=subject,
        now=now,
        actor=acting.user,
        household_code=acting.household.code,
        capacity=acting.capacity,
        team_id=acting.team.pk if acting.team else None,
        changes=changes,
    )


def record_whoever_acts(
    *,
    household: Household,
    actor: User | None,
    team: DigitalTeam | None = None,
    action: str,
    subject: Model,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """The same, in the capacity that ``actor`` really has; without one the household did it by a link of its own."""
    acting = acting_as(actor, household, team, now) if actor else None
    return audit.record(
        action=action,
        subject=subject,
        now=now,
        actor=actor,
        household_code=household.code,
        capacity=acting.capacity if acting else None if actor else Capacity.HOUSEHOLD,
        team_id=acting.team.pk if acting and acting.team else None,
        changes=changes or {},
    )
