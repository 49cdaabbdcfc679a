"""Showing a household's phone number to those who help it now; the household sees who looked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import audit
from households.models import Household
from onboarding.access import team_that_may_call


@transaction.atomic
def reveal_phone(*, household: Household, actor: User, now: datetime) -> str:
    """The phone number in E.164. Raises NotAllowed unless the team has an open case or a valid mandate."""
    team = team_that_may_call(actor, household, now)
    audit.record(
        action="read_phone",
        subject=household,
        now=now,
        actor=actor,
        household_code=household.code,
        team_id=team.pk,
    )
    return household.phone
