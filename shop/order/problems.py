"""A buyer reports that something is wrong with a part of an order; an operator settles it with an answer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from core import audit
from core.attempts import count_attempt
from core.errors import DomainError, ReasonMissing
from core.locks import lock_row
from core.models import Capacity
from core.text import nfc
from core.transactions import in_transaction
from messaging.services import send_message
from shop.order.models import HouseholdOrder, OrderProblem

MAX_TEXT = 1_000
MAX_REPORTS_OF_ORDER = {"most": 10, "seconds": 86_400}


class ProblemSettled(DomainError):
    """Another operator was faster."""

    code = "problem_settled"


def open_problems() -> QuerySet[OrderProblem]:
    """What waits for an operator, the longest-waiting first."""
    waiting = OrderProblem.objects.filter(settled_at=None).order_by("reported_at", "pk")
    return waiting.select_related("household_order__household", "household_order__order")


def report_problem(
    *, household_order: HouseholdOrder, kind: str, text: str, now: datetime, actor: User | None = None
) -> OrderProblem:
    """Tell the operators; reported again before it is settled, it is written anew. Raises ReasonMissing.

    Whoever has the order's link reports, so that reports are counted for each order: raises TooManyAttempts.
    """
    words = nfc(text).strip()[:MAX_TEXT]
    if kind == OrderProblem.Kind.OTHER and not words:
        raise ReasonMissing(_("Say in a few words what is wrong."), field="text")
    count_attempt(what="order-problem", whose=str(household_order.order_id), **MAX_REPORTS_OF_ORDER, now=now)
    return _write(household_order, OrderProblem.Kind(kind), words, actor, now)


@in_transaction
def _write(
    household_order: HouseholdOrder, kind: OrderProblem.Kind, text: str, actor: User | None, now: datetime
) -> OrderProblem:
    part = lock_row(HouseholdOrder.objects.select_related("household"), pk=household_order.pk)
    problem, _is_new = OrderProblem.objects.update_or_create(
        household_order=part,
        settled_at=None,
        defaults={"kind": kind, "text": text},
        create_defaults={"kind": kind, "text": text, "reported_at": now},
    )
    audit.record(
        action="report_problem",
        subject=problem,
        now=now,
        actor=actor,
        household_code=part.household.code,
        changes={"reason": ["", str(kind.label)]},
    )
    return problem


@in_transaction
def settle_problem(*, problem: OrderProblem, answer: str, operator: User, now: datetime) -> OrderProblem:
    """Close it with what was found and done; the buyer is told by message. Raises NotAllowed, ReasonMissing,
    ProblemSettled.
    """
    require_operator(operator)
    words = nfc(answer).strip()
    if not words:
        raise ReasonMissing(_("Write what was found and done; the buyer reads it."), field="answer")
    row = lock_row(
        OrderProblem.objects.select_related("household_order__order", "household_order__household"), pk=problem.pk
    )
    if row.settled_at:
        raise ProblemSettled(_("This was settled before."))
    row.settled_at, row.settled_by, row.answer = now, operator, words
    row.save(update_fields=["settled_at", "settled_by", "answer"])
    part = row.household_order
    audit.record(
        action="settle_problem",
        subject=row,
        now=now,
        actor=operator,
        household_code=part.household.code,
        capacity=Capacity.OPERATOR,
        changes={"reason": ["", words]},
    )
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("Your report about order %(number)s was settled: %(answer)s")
    text %= {"number": part.number, "answer": words}
    send_message(phone=part.order.buyer_phone, text=text, key=f"problem-settled:{row.pk}", now=now)
    return row
