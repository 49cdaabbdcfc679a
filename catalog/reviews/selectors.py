"""Reading reviews: of a listing, of a household's storefront, and those that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, QuerySet

from accounts.models import User
from catalog.models import Review
from catalog.photos.picture import Picture, picture_of
from catalog.selectors import ready_photos
from households.access import households_to_act_for
from households.models import Household, Scope

MIN_REVIEWS_FOR_AVERAGE = 3
"""Below it the average says more of one person than of the goods: the reviews are shown, and no average."""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """``average`` to one decimal, None below MIN_REVIEWS_FOR_AVERAGE."""

    count: int
    average: float | None


@dataclass(frozen=True, slots=True)
class ShownReview:
    review: Review
    pictures: tuple[Picture, ...]


def reviews_of_listing(listing_id: int) -> QuerySet[Review]:
    """Newest first."""
    return _with_what_is_shown(Review.objects.shown().filter(listing=listing_id))


def reviews_of_household(household: Household) -> QuerySet[Review]:
    """Of all its listings, also those that are off sale now: newest first."""
    return _with_what_is_shown(Review.objects.shown().filter(listing__household=household)).select_related("listing")


def reviews_received(user: User, now: datetime) -> QuerySet[Review]:
    """What ``user`` may answer, for his own household or under a mandate: newest first."""
    households = households_to_act_for(user, Scope.ORDERS, now)
    received: QuerySet[Review] = Review.objects.shown().filter(listing__household__in=households.values("pk"))
    return _with_what_is_shown(received).select_related("listing__household").order_by("-written_at", "-pk")


def summary_of(reviews: QuerySet[Review]) -> ReviewSummary:
    """One query."""
    found = reviews.order_by().aggregate(count=Count("pk"), average=Avg("stars"))
    is_enough = found["count"] >= MIN_REVIEWS_FOR_AVERAGE
    return ReviewSummary(found["count"], round(found["average"], 1) if is_enough else None)


def with_pictures(reviews: Iterable[Review]) -> list[ShownReview]:
    """The rows of the querysets above with their photos that are ready."""
    return [ShownReview(review, _pictures_of(review)) for review in reviews]


def _pictures_of(review: Review) -> tuple[Picture, ...]:
    photos = review.ready_photos  # type: ignore[attr-defined]  # the prefetched list
    return tuple(picture_of(photo, review.listing.title) for photo in photos)


def _with_what_is_shown(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("answered_by_team", "listing").prefetch_related(ready_photos())
