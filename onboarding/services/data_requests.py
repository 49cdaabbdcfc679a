"""A household asks that its data be put right or erased; an operator fulfils that or refuses it with a reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from core.errors import DomainError
from core.periods import vietnam_date
from core.text import nfc
from core.transactions import in_transaction
from households.access import NotAllowed, own_households
from households.audit import record_whoever_acts
from households.models import Household
from households.services import Contact, contact_of, correct_contact, lock_household
from messaging.services import send_message
from onboarding.models import DataRequest
from onboarding.models.data_request import due_date
from onboarding.services.erasure import erase_household, require_no_order_under_way

Kind, Outcome = DataRequest.Kind, DataRequest.Outcome
MAX_WORDS = 1000


class DataRequestRefused(DomainError):
    code = "data_request_refused"


@in_transaction
def ask_for_correction(*, household: Household, words: str, actor: User, now: datetime) -> DataRequest:
    """The household says what is wrong. Raises NotAllowed, DataRequestRefused without words."""
    if not words.strip():
        raise DataRequestRefused(_("Say what is wrong, and how it is right."), field="words")
    return _ask(household, Kind.CORRECTION, nfc(words).strip()[:MAX_WORDS], actor, now)


@in_transaction
def ask_for_erasure(*, household: Household, actor: User, now: datetime) -> DataRequest:
    """Raises NotAllowed, OrdersUnderWay."""
    require_no_order_under_way(household)
    return _ask(household, Kind.ERASURE, "", actor, now)


@in_transaction
def fulfil_correction(
    *, request: DataRequest, head_name: str, village_name: str, answer: str, operator: User, now: datetime
) -> DataRequest:
    """Write name and village as they are, and say what was done. Raises NotAllowed, DataRequestRefused."""
    request, household = _open(request, Kind.CORRECTION, operator)
    contact = Contact(head_name=head_name, phone=contact_of(household).phone, village_name=village_name)
    correct_contact(household=household, version=household.version, contact=contact, actor=operator, now=now)
    return _answer(request, household, Outcome.FULFILLED, answer, operator, now)


@in_transaction
def fulfil_erasure(*, request: DataRequest, operator: User, now: datetime) -> DataRequest:
    """Close the account and erase what may go. Raises NotAllowed, OrdersUnderWay, DataRequestRefused."""
    request, household = _open(request, Kind.ERASURE, operator)
    erase_household(household=household, operator=operator, now=now)
    answer = gettext("Erased. Orders, money and the log of what was done are kept, as the law asks.")
    return _answer(request, household, Outcome.FULFILLED, answer, operator, now, tell=False)


@in_transaction
def refuse_request(*, request: DataRequest, reason: str, operator: User, now: datetime) -> DataRequest:
    """The household is told why. Raises NotAllowed, DataRequestRefused without a reason."""
    request, household = _open(request, None, operator)
    return _answer(request, household, Outcome.REFUSED, reason, operator, now)


def _ask(household: Household, kind: DataRequest.Kind, words: str, actor: User, now: datetime) -> DataRequest:
    """Write it down once, and answer at once with what happens and until when."""
    if not own_households(actor, now).contains(household):
        raise NotAllowed(_("Only the household itself decides this."))
    household = lock_household(household)
    waiting = DataRequest.objects.filter(household=household, kind=kind, outcome=Outcome.OPEN).first()
    if waiting:
        return waiting
    request = DataRequest.objects.create(
        household=household, kind=kind, words=words, asked_by=actor, asked_at=now, due_at=due_date(now)
    )
    record_whoever_acts(
        household=household, actor=actor, action=f"ask_for_{kind}", subject=request, now=now, changes={}
    )
    with translation.override(settings.LANGUAGE_CODE):
        date = f"{vietnam_date(request.due_at):%-d/%-m/%Y}"
        if kind == Kind.ERASURE:
            text = gettext(
                "We received your wish to erase your data. An operator does it by %(date)s; orders and money are kept "
                "as the law asks. This is the last message to this number about it."
            )
        else:
            text = gettext(
                "We received what you want put right in your data. An operator does it, or says why not, by %(date)s."
            )
        send_message(phone=household.phone, text=text % {"date": date}, key=f"data-request:{request.pk}", now=now)
    return request


def _open(request: DataRequest, kind: DataRequest.Kind | None, operator: User) -> tuple[DataRequest, Household]:
    require_operator(operator)
    household = lock_household(request.household)
    request = DataRequest.objects.get(pk=request.pk)
    if request.outcome != Outcome.OPEN or (kind and request.kind != kind):
        raise DataRequestRefused(_("This request was answered already."))
    return request, household


def _answer(
    request: DataRequest,
    household: Household,
    outcome: DataRequest.Outcome,
    answer: str,
    operator: User,
    now: datetime,
    *,
    tell: bool = True,
) -> DataRequest:
    if not answer.strip():
        raise DataRequestRefused(_("Say it in a few words; the household reads them."), field="answer")
    request.outcome, request.answer = outcome, nfc(answer).strip()[:MAX_WORDS]
    request.answered_by, request.answered_at = operator, now
    if not tell:
        request.words = ""
    request.save(update_fields=["outcome", "answer", "answered_by", "answered_at", "words"])
    action = "fulfil_data_request" if outcome == Outcome.FULFILLED else "refuse_data_request"
    record_whoever_acts(household=household, actor=operator, action=action, subject=request, now=now)
    if tell:
        with translation.override(settings.LANGUAGE_CODE):
            text = gettext("About your data: %(answer)s") % {"answer": request.answer}
            send_message(phone=household.phone, text=text[:500], key=f"data-answer:{request.pk}", now=now)
    return request
