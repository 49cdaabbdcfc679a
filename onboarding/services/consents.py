"""Consent: given by code or on paper, recorded with its words; withdrawn, it acts at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from core import audit
from households.access import Acting, NotAllowed, own_households, valid_mandates
from households.models import Household
from households.models.mandate import GivenBy
from households.services import close_storefront, confirm_phone, withdraw_mandate
from onboarding.models import Consent, ConsentText, OnboardingCase, StepRecord
from onboarding.paper import paper_photo
from onboarding.services.cases import give_up_case, lock_case, require_serving
from onboarding.services.codes import Purpose, check_code, mark_used
from onboarding.services.steps import record_step
from onboarding.steps import CONSENT

if TYPE_CHECKING:
    from django.core.files import File


def consent_by_code(*, case: OnboardingCase, code: str, actor: User, now: datetime) -> Consent:
    """The household read out the code that came with the text: it agrees, and it holds this phone.

    Raises CodeRefused, CaseClosed, CaseRefused.
    """
    meant = check_code(case=case, purpose=Purpose.CONSENT, typed=code, now=now)
    with transaction.atomic():
        case = lock_case(case)
        mark_used(meant, now)
        confirm_phone(household=case.household, now=now, actor=actor)
        return _record(case, ConsentText.objects.get(pk=meant.terms["text"]), GivenBy.CODE, actor, now)


def consent_on_paper(
    *, case: OnboardingCase, text: ConsentText, photo: File[bytes], actor: User, now: datetime
) -> Consent:
    """The household signed; the photograph is kept where no address leads. Raises PhotoRefused, CaseClosed,
    CaseRefused."""
    evidence = paper_photo(photo)
    with transaction.atomic():
        return _record(lock_case(case), text, GivenBy.PAPER, actor, now, evidence)


def _record(
    case: OnboardingCase,
    text: ConsentText,
    how: GivenBy,
    actor: User,
    now: datetime,
    evidence: File[bytes] | None = None,
) -> Consent:
    household = case.household
    require_serving(actor, household, case.team, now)
    Consent.objects.filter(household=household, withdrawn_at=None).update(withdrawn_at=now)
    consent = Consent.objects.create(
        household=household,
        text=text,
        given_at=now,
        given_how=how,
        evidence=evidence or "",
        team=case.team,
        recorded_by=actor,
    )
    audit.record(
        action="give_consent",
        subject=consent,
        now=now,
        actor=actor,
        household_code=household.code,
        team_id=case.team_id,
        changes={"text": ["", str(text)], "given_how": ["", how]},
    )
    record_step(case, CONSENT, StepRecord.State.DONE, actor, now)
    return consent


@transaction.atomic
def withdraw_consent(*, household: Household, actor: User, now: datetime) -> None:
    """Close the storefront, end every mandate and open case. An operator may when the household calls.

    Raises NotAllowed.
    """
    if not own_households(actor, now).contains(household) and not is_operator(actor):
        raise NotAllowed(_("Only the household itself withdraws its consent."))
    consent = Consent.objects.select_for_update().filter(household=household, withdrawn_at=None).first()
    if consent is None:
        return
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    audit.record(action="withdraw_consent", subject=consent, now=now, actor=actor, household_code=household.code)
    close_storefront(acting=Acting(actor, household), now=now)
    for mandate in valid_mandates(now).filter(household=household):
        withdraw_mandate(mandate=mandate, actor=actor, now=now)
    for case in OnboardingCase.objects.filter(household=household, outcome=OnboardingCase.Outcome.OPEN):
        give_up_case(case=case, reason=str(_("The household withdrew its consent.")), actor=actor, now=now)
