"""Showing a household's phone number to those who help it now; the household sees who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from core import audit
from core.models import AuditEntry
from core.transactions import in_transaction
from households.models import DigitalTeam, Household
from onboarding.access import team_that_may_call


@in_transaction
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


def record_found_by_phone(*, found: Iterable[Household], team: DigitalTeam, actor: User, now: datetime) -> None:
    """Write down that ``actor`` learnt whose a phone number is, by searching for it."""
    rows = [
        audit.entry(
            action="find_by_phone",
            subject=household,
            now=now,
            actor=actor,
            household_code=household.code,
            team_id=team.pk,
        )
        for household in found
    ]
    AuditEntry.objects.bulk_create(rows)
