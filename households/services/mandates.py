"""Mandates: the household's leave for a team to act for it, given, seen and taken back by the household."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.locks import lock_row, lock_rows
from core.transactions import in_transaction
from households.access import (
    NotAllowed,
    acting_as,
    in_territory_of,
    require_household_or_operator,
    waiting,
    was_replaced,
)
from households.audit import record_for_household, record_whoever_acts
from households.models import DigitalTeam, Household, Mandate, Scope
from households.models.agreement import GivenBy, SignedPaper
from households.services.papers import (
    holds_from,
    lock_household,
    note_taken_back,
    require_no_paper_waiting,
    require_paper_welcome,
)

USUAL_DAYS = 365
MAX_DAYS = 730


class BadMandate(DomainError):
    code = "bad_mandate"


@in_transaction
def give_mandate(
    *,
    household: Household,
    team: DigitalTeam,
    scopes: Iterable[Scope],
    given_how: GivenBy,
    recorded_by: User,
    now: datetime,
    days: int = USUAL_DAYS,
    evidence: SignedPaper | None = None,
) -> Mandate:
    """Record what the household allows the team, for ``days``. Raises BadMandate.

    The caller has checked the one-time code. On paper the photograph is the ``evidence``; such a mandate waits, and the
    days count from when it holds. An earlier mandate to the same team ends when this one begins to hold, so that one
    row says all that this team may do. Raises PapersPaused, PaperWaits.
    """
    household = lock_household(household)
    allowed = [scope for scope in Scope if scope in set(scopes)]
    _require_valid_terms(household, team, allowed, given_how, evidence, days)
    acting = acting_as(recorded_by, household, team, now)
    if acting is None or acting.is_operator:
        raise NotAllowed(_("Only the household or a member of this team records a mandate."))
    earlier = Mandate.objects.filter(household=household, team=team, withdrawn_at=None)
    if given_how == GivenBy.PAPER:
        require_paper_welcome(household, now)
        require_no_paper_waiting(earlier, now)
    else:
        earlier.update(withdrawn_at=now)
    begins = holds_from(given_how, now)
    mandate = Mandate.objects.create(
        household=household,
        team=team,
        scopes=allowed,
        given_at=now,
        given_how=given_how,
        holds_from=begins,
        evidence=evidence.readable if evidence else "",
        evidence_as_sent=evidence.as_sent if evidence else "",
        expires_at=begins + timedelta(days=days),
        recorded_by=recorded_by,
    )
    changes = {"scopes": [[], allowed], "days": [0, days], "holds_from": ["", begins.isoformat()]}
    record_for_household(acting=acting, action="give_mandate", subject=mandate, now=now, changes=changes)
    return mandate


def _require_valid_terms(
    household: Household,
    team: DigitalTeam,
    scopes: list[Scope],
    given_how: GivenBy,
    evidence: SignedPaper | None,
    days: int,
) -> None:
    if not scopes:
        raise BadMandate(_("Choose at least one thing that the team may do."), field="scopes")
    if not 1 <= days <= MAX_DAYS:
        raise BadMandate(_("A mandate lasts from one day to two years."), field="days")
    if given_how == GivenBy.PAPER and not evidence:
        raise BadMandate(_("Photograph the signed paper."), field="evidence")
    if not Household.objects.filter(in_territory_of(team), pk=household.pk).exists():
        raise BadMandate(_("This household does not live in the team's territory."), field="team")


@in_transaction
def withdraw_mandate(*, mandate: Mandate, actor: User, now: datetime) -> Mandate:
    """The household takes its leave back, or refuses a paper that waits, at once; an operator may when it calls.

    Raises NotAllowed.
    """
    require_household_or_operator(actor, mandate.household, now)
    return take_back_mandate(mandate=mandate, actor=actor, now=now)


@in_transaction
def take_back_mandate(*, mandate: Mandate, actor: User | None, now: datetime) -> Mandate:
    """The same for a caller who knows that it is the household; without ``actor`` it came by the link in a message."""
    household = lock_household(mandate.household)
    mandate = lock_row(Mandate.objects.select_related("household", "team"), pk=mandate.pk)
    if mandate.withdrawn_at is None:
        action = "refuse_paper" if mandate.waits_at(now) else "withdraw_mandate"
        mandate.withdrawn_at = now
        mandate.save(update_fields=["withdrawn_at"])
        note_taken_back(household, now)
        record_whoever_acts(household=household, actor=actor, action=action, subject=mandate, now=now)
    return mandate


def can_be_given_again(mandate: Mandate, now: datetime) -> bool:
    """It was ended so shortly ago that it may have been by mistake.

    A paper that never held is photographed anew, and what a later mandate had replaced does not come back in its place.
    """
    ended = mandate.withdrawn_at
    if ended is None or mandate.holds_from > ended:
        return False
    until = min(ended + timedelta(minutes=settings.TAKE_BACK_MINUTES), mandate.expires_at)
    return ended <= now < until and not was_replaced(mandate, now)


@in_transaction
def give_mandate_again(*, mandate: Mandate, actor: User, now: datetime) -> Mandate:
    """The household takes back that it ended a mandate: a new one with the same words, until the same day.

    The ended one stays as it is, so that what the team could do in between stays known. A paper that waits beside it
    goes on waiting, and replaces this one when it holds. The household alone may, signed in, for a while
    (``settings.TAKE_BACK_MINUTES``). Raises NotAllowed, BadMandate.
    """
    household = lock_household(mandate.household)
    ended = lock_row(Mandate.objects.select_related("household", "team"), pk=mandate.pk)
    acting = acting_as(actor, household, None, now)
    if acting is None or acting.is_operator:
        raise NotAllowed(_("Only the household itself decides this."))
    if not can_be_given_again(ended, now) or household.closed_at:
        raise BadMandate(_("This can no longer be taken back. Your team can ask you for a new mandate."))
    days = (ended.expires_at - now).days
    _require_valid_terms(household, ended.team, ended.scopes, GivenBy.SELF, None, max(days, 1))
    given = Mandate.objects.create(
        household=household,
        team=ended.team,
        scopes=ended.scopes,
        given_at=now,
        given_how=GivenBy.SELF,
        holds_from=now,
        expires_at=ended.expires_at,
        recorded_by=actor,
    )
    changes = {"scopes": [[], ended.scopes], "days": [0, days]}
    record_for_household(acting=acting, action="give_mandate", subject=given, now=now, changes=changes)
    return given


@in_transaction
def refuse_waiting_mandates(*, household: Household, actor: User | None, now: datetime, reason: str = "") -> None:
    """The consent that they hang on was refused: papers for mandates wait no more. The caller holds the household."""
    for mandate in lock_rows(household.mandates.filter(waiting(now)).select_related("team")):
        mandate.withdrawn_at = now
        mandate.save(update_fields=["withdrawn_at"])
        record_whoever_acts(
            household=household,
            actor=actor,
            team=mandate.team,
            action="refuse_paper",
            subject=mandate,
            now=now,
            changes={"reason": ["", reason]} if reason else {},
        )
