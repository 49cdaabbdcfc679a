"""What the teams did at the doors: one finished case for each household, and the mandates they work under."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from accounts.models import User
from households.models import DigitalTeam, Household, Mandate, Scope
from households.models.agreement import GivenBy
from onboarding.models import OnboardingCase, StepRecord
from onboarding.steps import FIRST_LISTING, IDENTITY, STEPS, STOREFRONT, OnboardingStep

NOTHING_TO_SELL = "Hộ chưa có hàng để bán"
#: The mandates of 2022 have long ended; those of today were renewed so long ago, for a year.
RENEWED = timedelta(days=30)
A_YEAR = timedelta(days=365)


def write_cases(households: Sequence[Household], sellers: Collection[int], team: DigitalTeam, by: User) -> None:
    """Every step done on the day of the opening; a household that sells nothing left out what is for selling."""
    cases = OnboardingCase.objects.bulk_create(
        OnboardingCase(
            household=row,
            team=team,
            opened_by=by,
            opened_at=row.registered_at,
            outcome=OnboardingCase.Outcome.FINISHED,
            closed_at=_opened(row),
        )
        for row in households
    )
    StepRecord.objects.bulk_create(
        _step(case, step, case.household_id in sellers, by) for case in cases for step in STEPS
    )


def _step(case: OnboardingCase, step: OnboardingStep, sells: bool, by: User) -> StepRecord:
    done = sells or step not in (STOREFRONT, FIRST_LISTING)
    return StepRecord(
        case=case,
        step=step.code,
        state=StepRecord.State.DONE if done else StepRecord.State.SKIPPED,
        reason="" if done else NOTHING_TO_SELL,
        recorded_by=by,
        recorded_at=case.opened_at if step == IDENTITY else _opened(case.household),
    )


def write_mandates(households: Sequence[Household], team: DigitalTeam, by: User, now: datetime) -> None:
    """The one of the opening, which ended after a year, and the one that holds now."""
    Mandate.objects.bulk_create(
        Mandate(
            household=row,
            team=team,
            scopes=list(Scope),
            given_at=given,
            given_how=GivenBy.CODE,
            holds_from=given,
            expires_at=given + A_YEAR,
            recorded_by=by,
        )
        for row in households
        for given in (_opened(row), now - RENEWED)
    )


def _opened(household: Household) -> datetime:
    """When the account was opened: every household of this demo has one."""
    assert household.opened_at is not None
    return household.opened_at
