"""Answering in public for a household, and hiding what must not stand: the same for reviews and questions."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import User
from catalog.listing.services.refusals import require_reason
from catalog.public_words.models import PublicWords
from catalog.public_words.rules import WordsRefused, require_public_words
from core import audit
from core.models import Capacity
from households.access import Acting, NotAllowed
from households.audit import record_for_household
from households.models import Household

MAX_ANSWER_LENGTH = 1_000
MAX_MESSAGE_LENGTH = 500
"""As ``messaging`` keeps them."""


def write_answer(row: PublicWords, household: Household, *, acting: Acting, text: str, now: datetime) -> bool:
    """Write the household's answer into a locked row; writing it anew replaces it. True for the first one.

    The caller is the service, in its transaction. Raises NotAllowed, WordsRefused.
    """
    if acting.household.pk != household.pk or acting.is_operator:
        raise NotAllowed(_("Only the household or its team answers here."))
    answer = require_public_words(text, most=MAX_ANSWER_LENGTH)
    if not answer:
        raise WordsRefused(_("Write the answer in a few words."))
    before, is_first = row.answer, row.answered_at is None
    row.answer, row.answered_at = answer, row.answered_at or now
    row.answered_by, row.answered_by_team = acting.user, acting.team
    row.save(update_fields=["answer", "answered_at", "answered_by", "answered_by_team"])
    record_for_household(
        acting=acting,
        action=f"answer_{row.act_name}",
        subject=row,
        now=now,
        changes={"answer": [before, answer]},
    )
    return is_first


def hide_words(row: PublicWords, household: Household, *, operator: User, reason: str, now: datetime) -> bool:
    """Take a locked row off all pages; False when it is hidden already. Raises NotAllowed, ReasonMissing."""
    require_operator(operator)
    reason = require_reason(reason)
    if row.hidden_at:
        return False
    row.hidden_at, row.hidden_by, row.hidden_reason = now, operator, reason
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _write_veto("hide", row, household, operator, now, ["", reason])
    return True


def show_words_again(row: PublicWords, household: Household, *, operator: User, now: datetime) -> bool:
    """Undo the hiding of a locked row; False when it is not hidden. Raises NotAllowed."""
    require_operator(operator)
    if not row.hidden_at:
        return False
    before = row.hidden_reason
    row.hidden_at, row.hidden_by, row.hidden_reason = None, None, ""
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _write_veto("show", row, household, operator, now, [before, ""])
    return True


def _write_veto(
    verb: str, row: PublicWords, household: Household, operator: User, now: datetime, reason: list[str]
) -> None:
    audit.record(
        action=f"{verb}_{row.act_name}",
        subject=row,
        now=now,
        actor=operator,
        household_code=household.code,
        capacity=Capacity.OPERATOR,
        changes={"reason": reason},
    )
