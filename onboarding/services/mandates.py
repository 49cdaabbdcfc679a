"""The mandate step: the household says by code what the team may do for it, at once, or on paper, which waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.one_time_codes import mark_used
from core.transactions import in_transaction
from households.access import NotAllowed, own_households
from households.models import DigitalTeam, Household, Mandate, Scope
from households.models.agreement import GivenBy, SignedPaper
from households.services import give_mandate, lock_household
from onboarding.models import DoorstepCode, OnboardingCase, StepRecord
from onboarding.paper import signed_paper
from onboarding.selectors import consent_waits
from onboarding.services.cases import lock_case
from onboarding.services.codes import Purpose, check_code, require_consent
from onboarding.services.paper_messages import tell_of_paper
from onboarding.services.phone_doubts import require_undoubted_phone
from onboarding.services.steps import record_step
from onboarding.steps import MANDATE

if TYPE_CHECKING:
    from django.core.files import File


def mandate_by_code(*, case: OnboardingCase, code: str, actor: User, now: datetime) -> Mandate:
    """The code says yes to the terms it was sent with and no others. Raises CodeRefused, ConsentMissing, BadMandate."""
    meant = check_code(case=case, purpose=Purpose.MANDATE, typed=code, actor=actor, now=now)
    return _give(case, meant.terms["scopes"], meant.terms["days"], GivenBy.CODE, actor, now, meant=meant)


def mandate_on_paper(
    *, case: OnboardingCase, scopes: Sequence[Scope], days: int, photo: File[bytes], actor: User, now: datetime
) -> Mandate:
    """The household signed for these scopes: the paper waits, and the household is told at once how it refuses it.

    Raises PhotoRefused, ConsentMissing, BadMandate, PapersPaused, PaperWaits, PhoneInDoubt.
    """
    evidence = signed_paper(photo)
    return _give(case, scopes, days, GivenBy.PAPER, actor, now, evidence=evidence)


@in_transaction
def mandate_signed_in(
    *, household: Household, team: DigitalTeam, scopes: Sequence[Scope], days: int, actor: User, now: datetime
) -> Mandate:
    """The household gives, renews or extends a mandate on its own page; it holds at once and replaces the one before.

    Raises NotAllowed for everybody else, ConsentMissing, BadMandate.
    """
    if not own_households(actor, now).contains(household):
        raise NotAllowed(_("Only the household itself decides this."))
    require_consent(lock_household(household), now)
    return give_mandate(
        household=household,
        team=team,
        scopes=scopes,
        given_how=GivenBy.SELF,
        recorded_by=actor,
        now=now,
        days=days,
    )


@in_transaction
def _give(
    case: OnboardingCase,
    scopes: Sequence[Scope],
    days: int,
    how: GivenBy,
    actor: User,
    now: datetime,
    *,
    meant: DoorstepCode | None = None,
    evidence: SignedPaper | None = None,
) -> Mandate:
    case = lock_case(case)
    if meant:
        mark_used(meant, now)
    else:
        require_undoubted_phone(case.household, now)
    if not (how == GivenBy.PAPER and consent_waits(case.household, now)):
        require_consent(case.household, now)
    mandate = give_mandate(
        household=case.household,
        team=case.team,
        scopes=scopes,
        given_how=how,
        recorded_by=actor,
        now=now,
        days=days,
        evidence=evidence,
    )
    if how == GivenBy.PAPER:
        tell_of_paper(mandate, now)
    record_step(case, MANDATE, StepRecord.State.DONE, actor, now)
    return mandate
