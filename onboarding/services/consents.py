"""Consent: given by code or signed in it holds at once, on paper it waits; withdrawn, it acts at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.one_time_codes import mark_used
from core.transactions import in_transaction
from households.access import Acting, NotAllowed, holding, own_households, require_household_or_operator
from households.audit import record_for_household, record_whoever_acts
from households.models import DigitalTeam, Household
from households.models.agreement import GivenBy, SignedPaper
from households.services import (
    confirm_phone,
    holds_from,
    lock_household,
    note_consent,
    note_taken_back,
    note_withdrawn_consent,
    refuse_waiting_mandates,
    require_no_paper_waiting,
    require_paper_welcome,
)
from onboarding.models import Consent, ConsentText, DoorstepCode, OnboardingCase, StepRecord
from onboarding.paper import signed_paper
from onboarding.services.cases import CaseRefused, lock_case, require_serving
from onboarding.services.codes import Purpose, check_code
from onboarding.services.paper_messages import tell_of_paper
from onboarding.services.phone_doubts import require_undoubted_phone
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
    """The household signed: the paper waits, and the household is told at once how it refuses it.

    The photograph is kept as sent and where no address leads. Raises PhotoRefused, CaseClosed, CaseRefused,
    PapersPaused, PaperWaits, PhoneInDoubt.
    """
    evidence = signed_paper(photo)
    return _record(case, text, GivenBy.PAPER, actor, now, evidence)


@in_transaction
def consent_signed_in(*, household: Household, text: ConsentText, actor: User, now: datetime) -> Consent:
    """The household agrees on its own page, for the first time or again. Raises NotAllowed for everybody else,
    and PhoneInDoubt.

    Whoever signed in with the household's number has shown that it can be reached.
    """
    if not own_households(actor, now).contains(household):
        raise NotAllowed(_("Only the household itself consents."))
    household = lock_household(household)
    if actor.phone == household.phone:
        require_undoubted_phone(household, now)
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
    if how == GivenBy.PAPER:
        require_undoubted_phone(case.household, now)
        require_paper_welcome(case.household, now)
        standing = Consent.objects.filter(household=case.household, withdrawn_at=None)
        require_no_paper_waiting(standing, now)
        if standing.exists():
            raise CaseRefused(_("This household has agreed already; it needs no paper."), field="photo")
    consent = _write(case.household, text, how, actor, now, case.team, evidence)
    if how == GivenBy.PAPER:
        tell_of_paper(consent, now)
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
    """One consent stands at a time: an earlier one, or a paper that waits, ends as this one is given.

    The caller holds the household's row.
    """
    begins = holds_from(how, now)
    Consent.objects.filter(household=household, withdrawn_at=None).update(withdrawn_at=now)
    consent = Consent.objects.create(
        household=household,
        text=text,
        given_at=now,
        given_how=how,
        holds_from=begins,
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
        changes={"text": ["", str(text)], "given_how": ["", how], "holds_from": ["", begins.isoformat()]},
    )
    if not consent.waits_at(now):
        note_consent(household=household, since=begins, now=now, actor=actor)
    return consent


@in_transaction
def note_held_consent(*, household_id: int, now: datetime) -> bool:
    """The wait of a paper is over: the account opens from the moment at which the consent began to hold.

    True when it was noted now; the consent itself held without it.
    """
    household = lock_household(Household(pk=household_id))
    consent = Consent.objects.filter(holding(now), household=household).first()
    if consent is None or household.consented_at is not None:
        return False
    note_consent(household=household, since=consent.holds_from, now=now, actor=None)
    return True


@in_transaction
def withdraw_consent(*, household: Household, actor: User, now: datetime) -> None:
    """Close the account, which ends every mandate and open case; a paper that waits is refused.

    An operator may when the household calls. Raises NotAllowed.
    """
    require_household_or_operator(actor, household, now)
    take_back_consent(household=household, actor=actor, now=now)


@in_transaction
def take_back_consent(*, household: Household, actor: User | None, now: datetime) -> None:
    """The same for a caller who knows that it is the household; without ``actor`` it came by the link in a message."""
    household = lock_household(household)
    consent = Consent.objects.filter(household=household, withdrawn_at=None).first()
    if consent is None:
        return
    waited = consent.waits_at(now)
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    action = "refuse_paper" if waited else "withdraw_consent"
    record_whoever_acts(household=household, actor=actor, action=action, subject=consent, now=now)
    if waited:
        note_taken_back(household, now)
        refuse_waiting_mandates(household=household, actor=actor, now=now)
    else:
        note_withdrawn_consent(household=household, now=now, actor=actor)
