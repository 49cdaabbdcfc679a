"""Opening a case at the door, and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import acting_as
from households.models import DigitalTeam, Household
from households.services import register_household
from onboarding.access import teams_serving
from onboarding.models import OnboardingCase, StepRecord
from onboarding.steps import STEPS


class CaseClosed(DomainError):
    code = "case_closed"


class CaseRefused(DomainError):
    code = "case_refused"


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """What is typed at the door to open a case for a household that has no account yet. ``key`` is the device's."""

    key: str
    phone: str
    head_name: str
    village_name: str
    storefront_name: str


@in_transaction
def open_case(*, opened: OpenedCase, team: DigitalTeam, actor: User, now: datetime) -> OnboardingCase:
    """Register the household in the team's territory and open its case; the same key again gives the same case.

    Raises BadPhone, HouseholdAlreadyRegistered, OutsideTheTerritory.
    """
    household = register_household(
        key=opened.key,
        name=opened.storefront_name or opened.head_name,
        phone=opened.phone,
        head_name=opened.head_name,
        commune=team.commune,
        village_name=opened.village_name,
        actor=actor,
        team=team,
        now=now,
    )
    known = OnboardingCase.objects.filter(household=household).first()
    return known or _open(household, team, actor, now)


@in_transaction
def open_case_again(*, household: Household, team: DigitalTeam, actor: User, now: datetime) -> OnboardingCase:
    """A further attempt in the team's territory; an open case of the team is taken up. Raises CaseRefused."""
    household = lock_row(Household.objects.all(), pk=household.pk)
    require_serving(actor, household, team, now)
    underway = OnboardingCase.objects.filter(household=household, outcome=OnboardingCase.Outcome.OPEN).first()
    if underway and underway.team_id != team.pk:
        raise CaseRefused(_("Another team is already helping this household."))
    return underway or _open(household, team, actor, now)


def _open(household: Household, team: DigitalTeam, actor: User, now: datetime) -> OnboardingCase:
    case = OnboardingCase.objects.create(household=household, team=team, opened_by=actor, opened_at=now)
    _record("open_case", case, actor, now)
    return case


@in_transaction
def give_up_case(*, case: OnboardingCase, reason: str, actor: User | None, now: datetime) -> OnboardingCase:
    """End the attempt with a reason; the household stays as it is. Raises CaseClosed, CaseRefused."""
    if not reason.strip():
        raise CaseRefused(_("Say why, in a few words."), field="reason")
    case = lock_case(case)
    case.reason = reason.strip()
    _close(case, OnboardingCase.Outcome.GIVEN_UP, actor, now)
    return case


def finish_if_through(case: OnboardingCase, now: datetime, actor: User | None) -> None:
    """Close the case when every step is done or skipped. The caller holds the lock on the case."""
    settled = case.steps.exclude(state=StepRecord.State.BLOCKED).count()
    if settled == len(STEPS):
        _close(case, OnboardingCase.Outcome.FINISHED, actor, now)


def require_serving(actor: User, household: Household, team: DigitalTeam, now: datetime) -> None:
    """Raises CaseRefused unless ``actor`` serves in ``team`` and the household lives in its territory."""
    if not teams_serving(household, actor, now).contains(team):
        raise CaseRefused(_("This household does not live in your team's territory."))


def lock_case(case: OnboardingCase) -> OnboardingCase:
    """The open case, locked until the transaction ends, with its household, which steps change. Raises CaseClosed."""
    lock_row(Household.objects.all(), pk=case.household_id)
    row = lock_row(OnboardingCase.objects.select_related("household__head", "team"), pk=case.pk)
    if row.outcome != OnboardingCase.Outcome.OPEN:
        raise CaseClosed(_("This case is closed. Open a new one for the household."))
    return row


def _close(case: OnboardingCase, outcome: OnboardingCase.Outcome, actor: User | None, now: datetime) -> None:
    case.outcome, case.closed_at = outcome, now
    case.save(update_fields=["outcome", "reason", "closed_at"])
    _record(f"case_{outcome}", case, actor, now)


def _record(action: str, case: OnboardingCase, actor: User | None, now: datetime) -> None:
    record_for_case(action, case, actor, now, {"reason": ["", case.reason]} if case.reason else {})


def record_for_case(
    action: str, case: OnboardingCase, actor: User | None, now: datetime, changes: dict[str, list[str]]
) -> None:
    """Write the audit row, with the capacity that ``actor`` really has: a household may end its own case."""
    acting = acting_as(actor, case.household, case.team, now) if actor else None
    audit.record(
        action=action,
        subject=case,
        now=now,
        actor=actor,
        household_code=case.household.code,
        capacity=acting.capacity if acting else None,
        team_id=acting.team.pk if acting and acting.team else None,
        changes=changes,
    )
