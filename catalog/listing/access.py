"""Who may list for whom, and who decides whether a listing goes on sale."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import is_operator
from catalog.models import ListingStatus, Product
from households.access import NotAllowed, acting_for, own_households, teams_of, valid_mandates
from households.models import DigitalTeam, Household, Scope, TeamMember


def workable_households(user: User, now: datetime) -> QuerySet[Household]:
    """Households for which ``user`` may list now: own ones, and those whose mandate to the user's team allows it."""
    mandates = valid_mandates(now).filter(team__in=teams_of(user, now)).values_list("household_id", "scopes")
    mandated = [household_id for household_id, scopes in mandates if Scope.LISTING in scopes]
    own = own_households(user, now).values("pk")
    return Household.objects.filter(Q(pk__in=own) | Q(pk__in=mandated), closed_at__isnull=True)


def workable_listings(user: User, now: datetime) -> QuerySet[Product]:
    """The listings that ``user`` may edit now."""
    return Product.objects.filter(household__in=workable_households(user, now))


def teams_led_by(user: User, now: datetime) -> QuerySet[DigitalTeam]:
    return teams_of(user, now).filter(members__user=user, members__role=TeamMember.Role.LEADER)


def listings_to_check(user: User, now: datetime) -> QuerySet[Product]:
    """What waits for a check that ``user`` may do; ``may_check`` says the same of one listing."""
    waiting = Product.objects.filter(status=ListingStatus.IN_CHECK)
    if is_operator(user):
        return waiting
    mandated = Q(household__in=workable_households(user, now))
    led = mandated & Q(drafted_by_team__in=teams_led_by(user, now)) & ~Q(drafted_by=user)
    own = Q(household__in=own_households(user, now))
    return waiting.filter(own | led, takedown_reason="")


def may_check(user: User, listing: Product, now: datetime) -> bool:
    """May ``user`` decide whether this listing goes on sale?

    Nobody checks what they drafted on a household's behalf: a member of the household, the leader of the team that
    drafted it, or an operator does. What an operator took down only an operator puts back.
    """
    if is_operator(user):
        return True
    if listing.takedown_reason:
        return False
    if own_households(user, now).filter(pk=listing.household_id).exists():
        return True
    return _leads_the_drafting_team(user, listing, now)


def _leads_the_drafting_team(user: User, listing: Product, now: datetime) -> bool:
    if listing.drafted_by_team_id is None or listing.drafted_by_id == user.pk:
        return False
    if not teams_led_by(user, now).filter(pk=listing.drafted_by_team_id).exists():
        return False
    try:
        acting_for(user, listing.household, Scope.LISTING, now)
    except NotAllowed:
        return False
    return True
