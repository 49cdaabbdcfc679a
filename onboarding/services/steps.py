"""Steps of a case: done, left out with a reason, or blocked with one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product
from core.errors import DomainError
from core.transactions import in_transaction
from households.access import acting_for
from households.models import Scope
from households.services import Contact, correct_contact, edit_household, open_storefront
from onboarding.models import OnboardingCase, StepRecord
from onboarding.selectors import SHOWN_STATUSES, has_consent
from onboarding.services.cases import finish_if_through, lock_case, record_for_case, require_serving
from onboarding.services.codes import ConsentMissing
from onboarding.steps import BY_CODE, FIRST_LISTING, IDENTITY, STOREFRONT, OnboardingStep


class StepRefused(DomainError):
    code = "step_refused"


@in_transaction
def record_identity(
    *, case: OnboardingCase, actor: User, contact: Contact, version: int, known_by: str, now: datetime
) -> StepRecord:
    """The volunteer met the head and read name and phone back; ``known_by`` says how she knows.

    No photograph of identity papers is taken. Raises CaseRefused, and what ``correct_contact`` raises.
    """
    case = lock_case(case)
    require_serving(actor, case.household, case.team, now)
    correct_contact(household=case.household, version=version, contact=contact, actor=actor, now=now, team=case.team)
    return record_step(case, IDENTITY, StepRecord.State.DONE, actor, now, reason=known_by)


@in_transaction
def record_storefront(
    *, case: OnboardingCase, actor: User, version: int, name: str, story: str, now: datetime
) -> StepRecord:
    """Write the storefront under the mandate and open it.

    Raises NotAllowed, ChangedMeanwhile, ConsentMissing.
    """
    case = lock_case(case)
    if not has_consent(case.household, now):
        raise ConsentMissing(_("The storefront opens only after the household has consented."))
    acting = acting_for(actor, case.household, Scope.STOREFRONT, now)
    edit_household(acting=acting, version=version, name=name, story=story, now=now)
    open_storefront(acting=acting, now=now)
    return record_step(case, STOREFRONT, StepRecord.State.DONE, actor, now)


@in_transaction
def record_first_listing(*, household_id: int, now: datetime) -> bool:
    """The step is done once a product is shown or waits for its check; true when it was done now."""
    shown = Product.objects.filter(household_id=household_id, status__in=SHOWN_STATUSES).order_by("pk")
    case = OnboardingCase.objects.filter(household_id=household_id, outcome=OnboardingCase.Outcome.OPEN).first()
    first = shown.select_related("drafted_by").first()
    if first is None or case is None:
        return False
    case = lock_case(case)
    if case.steps.filter(step=FIRST_LISTING.code, state=StepRecord.State.DONE).exists():
        return False
    record_step(case, FIRST_LISTING, StepRecord.State.DONE, first.drafted_by, now)
    return True


@in_transaction
def skip_step(*, case: OnboardingCase, step: str, reason: str, actor: User, now: datetime) -> StepRecord:
    """Leave a step out, with a reason. Raises StepRefused for a step that every household needs."""
    declared = _require_declared_step(step)
    if not declared.may_skip:
        raise StepRefused(_("This step cannot be skipped. If it cannot be done now, say what blocks it."))
    return record_step(lock_case(case), declared, StepRecord.State.SKIPPED, actor, now, reason=_require_reason(reason))


@in_transaction
def block_step(*, case: OnboardingCase, step: str, reason: str, actor: User, now: datetime) -> StepRecord:
    """Say what stands in the way; the case stays open. Raises StepRefused."""
    return record_step(
        lock_case(case),
        _require_declared_step(step),
        StepRecord.State.BLOCKED,
        actor,
        now,
        reason=_require_reason(reason),
    )


def record_step(
    case: OnboardingCase,
    step: OnboardingStep,
    state: StepRecord.State,
    actor: User | None,
    now: datetime,
    reason: str = "",
) -> StepRecord:
    """Set where the step stands, and close the case when it was the last. The caller holds the lock on the case."""
    record = StepRecord.objects.filter(case=case, step=step.code).first()
    if record and record.state == StepRecord.State.DONE and state != StepRecord.State.DONE:
        raise StepRefused(_("This step is already done."))
    before = record.state if record else ""
    record, _new = StepRecord.objects.update_or_create(
        case=case,
        step=step.code,
        defaults={"state": state, "reason": reason, "recorded_by": actor, "recorded_at": now},
    )
    record_for_case(f"onboarding_step_{state}", case, actor, now, {step.code: [before, state], "reason": ["", reason]})
    finish_if_through(case, now, actor)
    return record


def put_step_off(case: OnboardingCase, step: OnboardingStep, reason: str, actor: User | None, now: datetime) -> None:
    """What had settled a step no longer does: it is to be done again. The caller holds the household's row."""
    done = StepRecord.objects.filter(case=case, step=step.code, state=StepRecord.State.DONE)
    if done.update(state=StepRecord.State.BLOCKED, reason=reason, recorded_by=actor, recorded_at=now):
        states: list[str] = [StepRecord.State.DONE, StepRecord.State.BLOCKED]
        changes = {step.code: states, "reason": ["", reason]}
        record_for_case("onboarding_step_blocked", case, actor, now, changes)


def _require_declared_step(step: str) -> OnboardingStep:
    if step not in BY_CODE:
        raise StepRefused(_("There is no such step."))
    return BY_CODE[step]


def _require_reason(reason: str) -> str:
    if not reason.strip():
        raise StepRefused(_("Say why, in a few words."), field="reason")
    return reason.strip()
