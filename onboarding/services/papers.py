"""A signed paper is checked by somebody else, refused by that person, or refused by the household."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.transactions import in_transaction
from households.audit import record_whoever_acts
from households.models import Mandate
from households.services import (
    confirm_paper,
    lock_household,
    note_consent,
    refuse_paper,
    refuse_waiting_mandates,
    require_checker,
    take_back_mandate,
)
from onboarding.models import Consent, OnboardingCase
from onboarding.paper import AgreementOnPaper
from onboarding.selectors import has_consent
from onboarding.services.codes import ConsentMissing
from onboarding.services.consents import take_back_consent
from onboarding.services.paper_messages import tell_of_check
from onboarding.services.steps import put_step_off
from onboarding.steps import CONSENT, MANDATE


@in_transaction
def confirm_signed_paper(*, paper: AgreementOnPaper, checker: User, now: datetime) -> AgreementOnPaper:
    """It holds from now on; the household is told, and may still end it by its link.

    Raises NotAllowed, PaperSettled, ConsentMissing for a mandate whose consent waits.
    """
    household = lock_household(paper.household)
    if isinstance(paper, Mandate) and not has_consent(household, now):
        raise ConsentMissing(_("The consent of this household waits too: check it first."))
    until = type(paper)._default_manager.get(pk=paper.pk).holds_from
    confirmed: AgreementOnPaper = confirm_paper(paper=paper, checker=checker, now=now)
    if isinstance(confirmed, Consent):
        note_consent(household=household, since=now, now=now, actor=checker)
    tell_of_check(confirmed, now, until=until)
    return confirmed


@in_transaction
def refuse_signed_paper(*, paper: AgreementOnPaper, checker: User, reason: str, now: datetime) -> AgreementOnPaper:
    """It never holds; the team reads why at the step of its case. Raises NotAllowed, PaperSettled, ReasonMissing."""
    household = lock_household(paper.household)
    refused: AgreementOnPaper = refuse_paper(paper=paper, checker=checker, reason=reason, now=now)
    if isinstance(refused, Consent):
        refuse_waiting_mandates(household=household, actor=checker, now=now, reason=refused.refusal)
    _put_steps_off(refused, refused.refusal, checker, now)
    return refused


@in_transaction
def refuse_by_household(*, paper: AgreementOnPaper, actor: User | None, now: datetime) -> None:
    """The household takes back what the paper says, whether it waits or somebody confirmed it meanwhile.

    ``actor`` is None where it came by the link in its message.
    """
    lock_household(paper.household)
    if type(paper)._default_manager.get(pk=paper.pk).withdrawn_at is not None:
        return
    if isinstance(paper, Mandate):
        take_back_mandate(mandate=paper, actor=actor, now=now)
    else:
        take_back_consent(household=paper.household, actor=actor, now=now)
    _put_steps_off(paper, str(_("The household refused the paper.")), actor, now)


@in_transaction
def look_at_paper(*, paper: AgreementOnPaper, checker: User, now: datetime) -> None:
    """The household reads that the checker looked at its paper. Raises NotAllowed."""
    require_checker(paper, checker, now)
    record_whoever_acts(
        household=paper.household, actor=checker, team=paper.team, action="read_paper", subject=paper, now=now
    )


def _put_steps_off(paper: AgreementOnPaper, reason: str, actor: User | None, now: datetime) -> None:
    """In the case that is open, the steps that the paper had settled are to be done again."""
    cases = OnboardingCase.objects.filter(household=paper.household, outcome=OnboardingCase.Outcome.OPEN)
    case = cases.select_related("household", "team").first()
    if case is None:
        return
    for step in (MANDATE,) if isinstance(paper, Mandate) else (CONSENT, MANDATE):
        put_step_off(case, step, reason, actor, now)
