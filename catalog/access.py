"""Whose listings a person may edit, and who decides whether a listing goes on sale."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.models import ListingStatus, Product
from households.access import (
    Acting,
    NotAllowed,
    acting_as,
    households_to_act_for,
    households_to_draft_for,
    own_households,
    teams_led_by,
)
from households.models import Scope


def workable_listings(user: User, now: datetime) -> QuerySet[Product]:
    """The listings that ``user`` may edit now."""
    return Product.objects.filter(household__in=households_to_act_for(user, Scope.LISTING, now))


def listings_shown_to(user: User, now: datetime) -> QuerySet[Product]:
    """What ``user`` may edit, and the drafts of households whose mandate on paper still waits."""
    drafts = Q(status=ListingStatus.DRAFT, household__in=households_to_draft_for(user, now).values("pk"))
    return Product.objects.filter(
        Q(household__in=households_to_act_for(user, Scope.LISTING, now).values("pk")) | drafts
    )


def checkable_listings(user: User, now: datetime) -> QuerySet[Product]:
    """The listings, in any state, about which ``user`` may decide whether they go on sale.

    Nobody checks what they drafted on a household's behalf: a member of the household, the leader of the team that
    drafted it, or an operator does. What an operator took down only an operator puts back.
    """
    if is_operator(user):
        return Product.objects.all()
    own = Q(household__in=own_households(user, now))
    led = Q(drafted_by_team__in=teams_led_by(user, now)) & ~Q(drafted_by=user)
    return workable_listings(user, now).filter(own | led, takedown_reason="")


def listings_to_check(user: User, now: datetime) -> QuerySet[Product]:
    """What waits for a check that ``user`` may do."""
    return checkable_listings(user, now).filter(status=ListingStatus.IN_CHECK)


def may_check(user: User, listing: Product, now: datetime) -> bool:
    """Whether ``user`` decides about this listing."""
    return checkable_listings(user, now).filter(pk=listing.pk).exists()


def acting_to_check(user: User, listing: Product, now: datetime) -> Acting:
    """The right by which ``user`` decides about this listing: of the household, its team or the operators.

    Raises NotAllowed.
    """
    drafters = listing.drafted_by_team
    leads = drafters and listing.drafted_by_id != user.pk and teams_led_by(user, now).contains(drafters)
    team = drafters if leads else None
    acting = acting_as(user, listing.household, team, now) if may_check(user, listing, now) else None
    if acting is None:
        raise NotAllowed(
            _(
                "A second person must check this listing: a member of the household, the leader of the team that "
                "drafted it, or an operator."
            )
        )
    return acting
