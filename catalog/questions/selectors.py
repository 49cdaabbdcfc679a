"""Reading questions: those that everybody sees, and those that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from catalog.models import ListingQuestion
from households.access import households_to_act_for
from households.models import Scope


def answered_questions(listing_id: int) -> QuerySet[ListingQuestion]:
    """What everybody reads below a listing: the latest answer first; one without an answer helps nobody."""
    answered: QuerySet[ListingQuestion] = ListingQuestion.objects.shown().filter(
        listing=listing_id, answered_at__isnull=False
    )
    return answered.select_related("answered_by_team").order_by("-answered_at", "-pk")


def questions_for(user: User, now: datetime) -> QuerySet[ListingQuestion]:
    """What ``user`` may answer, for his own household or under a mandate."""
    households = households_to_act_for(user, Scope.LISTING, now)
    return ListingQuestion.objects.shown().filter(listing__household__in=households.values("pk"))


def questions_waiting_for(user: User, now: datetime) -> QuerySet[ListingQuestion]:
    """Those without an answer, the longest-waiting first."""
    waiting = questions_for(user, now).filter(answered_at=None)
    return waiting.select_related("listing__household").order_by("asked_at", "pk")


def questions_of_asker(user: User) -> QuerySet[ListingQuestion]:
    """What ``user`` asked, newest first; also what was hidden, with the reason."""
    return ListingQuestion.objects.filter(asker=user).select_related("listing__household", "answered_by_team")
