"""Mandates: the household's leave for a team to act for it, given, seen and taken back by the household."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from households.access import (
    NotAllowed,
    acting_as,
    in_territory_of,
    require_household_or_operator,
    valid_mandates,
)
from households.audit import record_for_household
from households.models import DigitalTeam, Household, Mandate, Scope
from households.models.mandate import GivenBy, SignedPaper

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

    The caller has checked the one-time code; on paper the photograph is the ``evidence``. An earlier mandate to the
    same team ends here, so that one row says all that this team may do.
    """
    household = lock_row(Household.objects.all(), pk=household.pk)
    allowed = [scope for scope in Scope if scope in set(scopes)]
    _require_valid_terms(household, team, allowed, given_how, evidence, days)
    acting = acting_as(recorded_by, household, team, now)
    if acting is None or acting.is_operator:
        raise NotAllowed(_("Only the household or a member of this team records a mandate."))
    valid_mandates(now).filter(household=household, team=team).update(withdrawn_at=now)
    mandate = Mandate.objects.create(
        household=household,
        team=team,
        scopes=allowed,
        given_at=now,
        given_how=given_how,
        evidence=evidence.readable if evidence else "",
        evidence_as_sent=evidence.as_sent if evidence else "",
        expires_at=now + timedelta(days=days),
        recorded_by=recorded_by,
    )
    changes = {"scopes": [[], allowed], "days": [0, days]}
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
    """The household takes its leave back, at once; an operator may when it calls. Raises NotAllowed."""
    mandate = lock_row(Mandate.objects.select_related("household"), pk=mandate.pk)
    acting = require_household_or_operator(actor, mandate.household, now)
    if mandate.withdrawn_at is None:
        mandate.withdrawn_at = now
        mandate.save(update_fields=["withdrawn_at"])
        record_for_household(acting=acting, action="withdraw_mandate", subject=mandate, now=now, changes={})
    return mandate
