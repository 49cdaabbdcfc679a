"""Consent: given by code or on paper, recorded with its words; withdrawn, it acts at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.one_time_codes import mark_used
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import Acting, NotAllowed, own_households, require_household_or_operator
from households.audit import record_for_household
from households.models import DigitalTeam, Household
from households.models.mandate import GivenBy, SignedPaper
from households.services import confirm_phone, note_consent, note_withdrawn_consent
from onboarding.models import Consent, ConsentText, DoorstepCode, OnboardingCase, StepRecord
from onboarding.paper import signed_paper
from onboarding.services.cases import lock_case, require_serving
from onboarding.services.codes import Purpose, check_code
from onboarding.services.steps import record_step
from onboarding.steps import CONSENT

if TYPE_CHECKING:
    from django.core.files import File


def consent_by_code(*, case: OnboardingCase, code: str, actor: User, now: datetime) -> Consent:
    """The household read out the code that came with the text: it agrees, and it holds this phone.

    Raises CodeRefused, CaseClosed, CaseRefused.
    """
    return _agree(case, check_code(case=case, purpose=Purpose.CONSENT, typed=code, actor=actor, now=now), actor, now)


@in_transaction
def _agree(case: OnboardingCase, meant: DoorstepCode, actor: User, now: datetime) -> Consent:
    case = lock_case(case)
    mark_used(meant, now)
    confirm_phone(household=case.household, now=now, actor=actor)
    return _record(case, ConsentText.objects.get(pk=meant.terms["text"]), GivenBy.CODE, actor, now)


def consent_on_paper(
    *, case: OnboardingCase, text: ConsentText, photo: File[bytes], actor: User, now: datetime
) -> Consent:
    """The household signed; its photograph is kept as sent and where no address leads. Raises PhotoRefused, CaseClosed,
    CaseRefused."""
    evidence = signed_paper(photo)
    return _record(case, text, GivenBy.PAPER, actor, now, evidence)


@in_transaction
def consent_signed_in(*, household: Household, text: ConsentText, actor: User, now: datetime) -> Consent:
    """The household agrees on its own page, for the first time or again. Raises NotAllowed for everybody else.

    Whoever signed in with the household's number has shown that it can be reached.
    """
    if not own_households(actor, now).contains(household):
        raise NotAllowed(_("Only the household itself consents."))
    household = lock_row(Household.objects.all(), pk=household.pk)
    if actor.phone == household.phone:
        confirm_phone(household=household, now=now, actor=actor)
    return _write(household, text, GivenBy.SELF, actor, now)


@in_transaction
def _record(
    case: OnboardingCase,
    text: ConsentText,
    how: GivenBy,
    actor: User,
    now: datetime,
    evidence: SignedPaper | None = None,
) -> Consent:
    case = lock_case(case)
    require_serving(actor, case.household, case.team, now)
    consent = _write(case.household, text, how, actor, now, case.team, evidence)
    record_step(case, CONSENT, StepRecord.State.DONE, actor, now)
    return consent


def _write(
    household: Household,
    text: ConsentText,
    how: GivenBy,
    actor: User,
    now: datetime,
    team: DigitalTeam | None = None,
    evidence: SignedPaper | None = None,
) -> Consent:
    """One consent stands at a time: an earlier one ends as this one begins. The caller holds the household's row."""
    Consent.objects.filter(household=household, withdrawn_at=None).update(withdrawn_at=now)
    consent = Consent.objects.create(
        household=household,
        text=text,
        given_at=now,
        given_how=how,
        evidence=evidence.readable if evidence else "",
        evidence_as_sent=evidence.as_sent if evidence else "",
        team=team,
        recorded_by=actor,
    )
    record_for_household(
        acting=Acting(actor, household, team),
        action="give_consent",
        subject=consent,
        now=now,
        changes={"text": ["", str(text)], "given_how": ["", how]},
    )
    note_consent(household=household, now=now, actor=actor)
    return consent


@in_transaction
def withdraw_consent(*, household: Household, actor: User, now: datetime) -> None:
    """Close the account, which ends every mandate and open case. An operator may when the household calls.

    Raises NotAllowed.
    """
    acting = require_household_or_operator(actor, household, now)
    household = lock_row(Household.objects.all(), pk=household.pk)
    consent = Consent.objects.filter(household=household, withdrawn_at=None).first()
    if consent is None:
        return
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    record_for_household(acting=acting, action="withdraw_consent", subject=consent, now=now, changes={})
    note_withdrawn_consent(household=household, now=now, actor=actor)
