"""Whose listings a person may edit, and who decides whether a listing goes on sale."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.models import ListingRevision, ListingStatus, Product, RevisionStatus
from households.access import (
    Acting,
    NotAllowed,
    acting_as,
    households_to_act_for,
    households_to_draft_for,
    own_households,
    teams_led_by,
)
from households.models import DigitalTeam, Scope


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
    allowed = may_check(user, listing, now)
    return _acting_to_decide(user, listing, listing.drafted_by_id, listing.drafted_by_team, allowed, now)


def visible_revisions(user: User, now: datetime) -> QuerySet[ListingRevision]:
    """The changes, under way and past, of listings that ``user`` may edit; an operator sees all."""
    if is_operator(user):
        return ListingRevision.objects.all()
    return ListingRevision.objects.filter(listing__in=workable_listings(user, now))


def revisions_to_check(user: User, now: datetime) -> QuerySet[ListingRevision]:
    """The changes about which ``user`` may decide, by the rule of ``checkable_listings``."""
    waiting = visible_revisions(user, now).filter(status=RevisionStatus.WAITING)
    if is_operator(user):
        return waiting
    own = Q(listing__household__in=own_households(user, now))
    led = Q(team__in=teams_led_by(user, now)) & ~Q(author=user)
    return waiting.filter(own | led)


def acting_to_check_revision(user: User, revision: ListingRevision, now: datetime) -> Acting:
    """The right by which ``user`` decides about this change. Raises NotAllowed."""
    allowed = revisions_to_check(user, now).filter(pk=revision.pk).exists()
    return _acting_to_decide(user, revision.listing, revision.author_id, revision.team, allowed, now)


def _acting_to_decide(
    user: User, listing: Product, writer_id: int | None, team: DigitalTeam | None, allowed: bool, now: datetime
) -> Acting:
    leads = team and writer_id != user.pk and teams_led_by(user, now).contains(team)
    acting = acting_as(user, listing.household, team if leads else None, now) if allowed else None
    if acting is None:
        raise NotAllowed(
            _(
                "A second person must check this listing: a member of the household, the leader of the team that "
                "drafted it, or an operator."
            )
        )
    return acting
