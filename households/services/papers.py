"""Signed papers wait until somebody else checked them or their time is over; the household's no pauses all papers.

The same for consents and mandates. Callers hold the household's row (``lock_household``), so that a check and a refusal
of one paper are decided one after the other, and the second finds what the first left.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, ReasonMissing
from core.locks import lock_row
from core.periods import vietnam_date
from core.text import nfc
from households.access import NotAllowed, checkable, waiting
from households.audit import record_whoever_acts
from households.models import Household
from households.models.agreement import Agreement, GivenBy

P = TypeVar("P", bound=Agreement)


class PapersPaused(DomainError):
    """The household took something back or refused a paper not long ago: it agrees by code alone for a while."""

    code = "papers_paused"


class PaperWaits(DomainError):
    """A paper for the same waits already."""

    code = "paper_waits"


class PaperSettled(DomainError):
    """The paper waits no more: it was checked, refused or withdrawn, or its wait is over."""

    code = "paper_settled"


def lock_household(household: Household) -> Household:
    """The row, locked until the transaction ends. Whatever changes its agreements takes this lock before any other."""
    return lock_row(Household.objects.select_related("commune", "head"), pk=household.pk)


def holds_from(given_how: GivenBy, now: datetime) -> datetime:
    """When an agreement that is given ``now`` begins to hold: on paper after the wait, otherwise at once."""
    return now + settings.PAPER_WAIT if given_how == GivenBy.PAPER else now


def require_paper_welcome(household: Household, now: datetime) -> None:
    """Raises PapersPaused until ``settings.PAPER_PAUSE`` has passed since the household took something back."""
    took_back = household.took_back_at
    if took_back is not None and now < took_back + settings.PAPER_PAUSE:
        ends = vietnam_date(took_back + settings.PAPER_PAUSE)
        raise PapersPaused(
            _(
                "This household withdrew or refused an agreement on %(date)s. Until %(until)s it agrees only by the "
                "code to its phone: go back and send the code."
            )
            % {"date": f"{vietnam_date(took_back):%-d/%-m/%Y}", "until": f"{ends:%-d/%-m/%Y}"},
            field="photo",
        )


def require_no_paper_waiting(papers: QuerySet[Any], now: datetime) -> None:
    """Raises PaperWaits when one of these waits already: photographed again and again, it would wait for ever."""
    if papers.filter(waiting(now)).exists():
        raise PaperWaits(
            _(
                "A signed paper of this household waits already. Let your leader or an operator check it; they also "
                "refuse a bad photo, and then you photograph it again."
            ),
            field="photo",
        )


def note_taken_back(household: Household, now: datetime) -> None:
    """The household ended an agreement or refused a paper: from now on papers pause."""
    household.took_back_at = now
    household.save(update_fields=["took_back_at"])


def require_checker(paper: Agreement, user: User, now: datetime) -> None:
    """Raises NotAllowed for whoever may not check this paper, above all for who photographed it."""
    if not type(paper)._default_manager.filter(checkable(user, now), pk=paper.pk).exists():
        raise NotAllowed(
            _(
                "Another person must check this paper: the leader of the team, unless the leader photographed it, "
                "or an operator."
            )
        )


def confirm_paper(*, paper: P, checker: User, now: datetime) -> P:
    """Somebody else than the uploader looked at it: it holds from now on, and the checker is recorded.

    Raises NotAllowed, PaperSettled.
    """
    paper = _waiting_for(checker, paper, now)
    paper.bring_forward(now)
    paper.checked_by, paper.checked_at = checker, now
    paper.save()
    record_whoever_acts(
        household=paper.household, actor=checker, team=paper.team, action="confirm_paper", subject=paper, now=now
    )
    return paper


def refuse_paper(*, paper: P, checker: User, reason: str, now: datetime) -> P:
    """It will never hold; the reason is for the team. Raises NotAllowed, PaperSettled, ReasonMissing."""
    paper = _waiting_for(checker, paper, now)
    paper.refusal = nfc(reason).strip()[:300]
    if not paper.refusal:
        raise ReasonMissing(_("Say why, in a few words."))
    paper.withdrawn_at, paper.checked_by, paper.checked_at = now, checker, now
    paper.save(update_fields=["withdrawn_at", "checked_by", "checked_at", "refusal"])
    record_whoever_acts(
        household=paper.household,
        actor=checker,
        team=paper.team,
        action="refuse_paper",
        subject=paper,
        now=now,
        changes={"reason": ["", paper.refusal]},
    )
    return paper


def _waiting_for(checker: User, paper: P, now: datetime) -> P:
    require_checker(paper, checker, now)
    current = lock_row(type(paper)._default_manager.select_related("household", "team"), pk=paper.pk)
    if not current.waits_at(now):
        raise PaperSettled(_("This paper does not wait any more: it was checked, refused, or its time is over."))
    return current
