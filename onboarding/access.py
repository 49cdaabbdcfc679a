"""Whose cases a person works on, which team may call a household, and who has a workspace."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.name_order import by_name
from households.access import (
    NotAllowed,
    own_households,
    serving_members,
    teams_of,
    territory_holds,
    valid_mandates,
)
from households.models import DigitalTeam, Household
from onboarding.models import OnboardingCase
from onboarding.selectors import claimable_household


def cases_of(user: User, now: datetime) -> QuerySet[OnboardingCase]:
    """The cases of the teams in which ``user`` serves now.

    A case stays its team's when the household moves away, so that the team can give it up and another can begin.
    """
    return OnboardingCase.objects.filter(team__in=teams_of(user, now))


def teams_serving(household: Household, user: User, now: datetime) -> QuerySet[DigitalTeam]:
    """The teams of ``user`` in whose territory the household lives, that of its own village first."""
    serving = teams_of(user, now).filter(territory_holds(household.commune, household.village_name))
    return serving.order_by(by_name("village_name").desc(), by_name("name"), "pk")


def teams_near(household: Household, now: datetime) -> QuerySet[DigitalTeam]:
    """The teams whose territory holds the household and in which somebody serves, that of its own village first."""
    near = DigitalTeam.objects.filter(territory_holds(household.commune, household.village_name))
    near = near.filter(pk__in=serving_members(now).values("team"))
    return near.select_related("commune__province").order_by(by_name("village_name").desc(), by_name("name"), "pk")


def team_that_may_call(user: User, household: Household, now: datetime) -> DigitalTeam:
    """The team of ``user`` that helps this household now. Raises NotAllowed."""
    open_case = OnboardingCase.objects.filter(household=household, outcome=OnboardingCase.Outcome.OPEN)
    mandates = valid_mandates(now).filter(household=household)
    helping = Q(pk__in=open_case.values("team")) | Q(pk__in=mandates.values("team"))
    team = teams_serving(household, user, now).filter(helping).first()
    if team is None:
        raise NotAllowed(_("You see the phone number once a case is open or the household has given a mandate."))
    return team


def has_household(user: User, now: datetime) -> bool:
    """Whether the household's workspace has anything to show this person."""
    return own_households(user, now).exists() or claimable_household(user.phone) is not None


def may_register(user: User, now: datetime) -> bool:
    """Whether the person may register a household: one without a household, whose number has none either."""
    return not own_households(user, now).exists() and not Household.objects.filter(phone=user.phone).exists()


def has_team(user: User, now: datetime) -> bool:
    """Whether the team's workspace has anything to show this person."""
    return teams_of(user, now).exists()
