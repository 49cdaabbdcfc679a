"""The doors: which households a person sees, and what a person may do for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import is_operator
from core.errors import DomainError
from households.models import (
    CommuneOfficer,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    ProvinceOfficer,
    Scope,
    TeamMember,
)


class NotAllowed(DomainError):
    """The person may not do this for this household."""

    code = "not_allowed"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who does something for which household; ``team`` is set when done on its behalf."""

    user: User
    household: Household
    team: DigitalTeam | None = None


def _current(now: datetime, since: str, until: str) -> Q:
    return Q(**{f"{since}__lte": now}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": now}))


def own_households(user: User, now: datetime) -> QuerySet[Household]:
    """The households whose member signs in as ``user``."""
    member = HouseholdMember.objects.filter(_current(now, "joined_at", "left_at"), user=user)
    return Household.objects.filter(pk__in=member.values("household"))  # by their few keys, not by asking each row


def teams_of(user: User, now: datetime) -> QuerySet[DigitalTeam]:
    """The teams in which ``user`` serves now."""
    return DigitalTeam.objects.filter(
        Exists(TeamMember.objects.filter(team=OuterRef("pk"), user=user).filter(_current(now, "joined_at", "left_at"))),
        dissolved_date__isnull=True,
    )


def in_territory_of(team: DigitalTeam) -> Q:
    """Households on a team's ground: its village, or the whole commune where it names none."""
    ground = Q(commune_id=team.commune_id)
    return ground & Q(village_name=team.village_name) if team.village_name else ground


def households_visible_to(user: User, now: datetime) -> QuerySet[Household]:
    """Own households, those on the ground of one's teams; an operator sees all."""
    if is_operator(user):
        return Household.objects.all()
    team = (
        teams_of(user, now)
        .filter(commune=OuterRef("commune"))
        .filter(Q(village_name="") | Q(village_name=OuterRef("village_name")))
    )
    own = own_households(user, now).values("pk")
    return Household.objects.filter(Q(pk__in=own) | Exists(team))


def valid_mandates(now: datetime) -> QuerySet[Mandate]:
    return Mandate.objects.filter(given_at__lte=now, expires_at__gt=now, withdrawn_at__isnull=True)


def acting_for(user: User, household: Household, scope: Scope, now: datetime) -> Acting:
    """The right of ``user`` to do ``scope`` for ``household`` now. Raises NotAllowed.

    A member of the household may do everything; a team member only under a valid mandate of that household to the
    team, while the household stands on the team's ground.
    """
    if own_households(user, now).filter(pk=household.pk).exists():
        return Acting(user, household)
    mandates = valid_mandates(now).filter(household=household, team__in=teams_of(user, now)).select_related("team")
    for mandate in mandates:
        on_ground = Household.objects.filter(in_territory_of(mandate.team), pk=household.pk)
        if scope in mandate.scopes and on_ground.exists():
            return Acting(user, household, mandate.team)
    raise NotAllowed(_("You may not do this for this household: it has given your team no mandate for it."))


def provinces_overseen_by(user: User, now: datetime) -> QuerySet[ProvinceOfficer]:
    return ProvinceOfficer.objects.filter(_current(now, "since", "until"), user=user)


def communes_overseen_by(user: User, now: datetime) -> QuerySet[CommuneOfficer]:
    return CommuneOfficer.objects.filter(_current(now, "since", "until"), user=user)
