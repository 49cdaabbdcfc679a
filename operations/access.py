"""Operators see all, and each look at somebody's number or address is an audit row."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from accounts.access import require_operator
from accounts.models import User
from core import audit
from core.models import Capacity


@transaction.atomic
def record_reveal(*, action: str, subject: Model, operator: User, now: datetime, household_code: str = "") -> None:
    """Write down that ``operator`` looked at what is masked elsewhere. Raises NotAllowed."""
    require_operator(operator)
    audit.record(
        action=action,
        subject=subject,
        now=now,
        actor=operator,
        household_code=household_code,
        capacity=Capacity.OPERATOR if household_code else None,
    )
