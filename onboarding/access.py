"""Who works on which case, who leads, who may call a household."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from households.access import NotAllowed, households_visible_to, own_households, teams_of, valid_mandates
from households.models import DigitalTeam, Household, TeamMember
from onboarding.models import OnboardingCase
from onboarding.selectors import claimable_household


def cases_of(user: User, now: datetime) -> QuerySet[OnboardingCase]:
    """The cases of the teams in which ``user`` serves now."""
    return OnboardingCase.objects.filter(team__in=teams_of(user, now))


def teams_led_by(user: User, now: datetime) -> QuerySet[DigitalTeam]:
    leads = Q(members__user=user, members__role=TeamMember.Role.LEADER, members__left_at=None)
    return teams_of(user, now).filter(leads)


def team_households(user: User, now: datetime) -> QuerySet[Household]:
    """The households on the ground of ``user``'s teams; nobody else's, not even for an operator."""
    if not teams_of(user, now).exists():
        return Household.objects.none()
    return households_visible_to(user, now)


def team_that_may_call(user: User, household: Household, now: datetime) -> DigitalTeam:
    """The team of ``user`` that helps this household now. Raises NotAllowed."""
    on_ground = households_visible_to(user, now).filter(pk=household.pk).exists()
    open_case = Q(onboarding_cases__household=household, onboarding_cases__outcome=OnboardingCase.Outcome.OPEN)
    mandated = Q(pk__in=valid_mandates(now).filter(household=household).values("team"))
    team = teams_of(user, now).filter(open_case | mandated).first() if on_ground else None
    if team is None:
        raise NotAllowed(_("You see the phone number once a case is open or the household has given a mandate."))
    return team


def has_household(user: User, now: datetime) -> bool:
    """Whether the household's workspace has anything to show this person."""
    return own_households(user, now).exists() or claimable_household(user.phone) is not None


def has_team(user: User, now: datetime) -> bool:
    return teams_of(user, now).exists()
