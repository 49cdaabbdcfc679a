"""The audit row of what a member or a team does for a household."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from core import audit
from core.models import AuditEntry
from households.access import Acting


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
