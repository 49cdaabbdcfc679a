"""Lists of listings for those who work on them, each in a fixed number of queries."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from catalog.access import listings_shown_to, listings_to_check, revisions_to_check, workable_listings
from catalog.listing.services.off_sale import TAKE_BACK_WITHIN, last_event, may_be_put_back
from catalog.models import (
    OPEN_REVISION,
    ListingEvent,
    ListingRevision,
    ListingStatus,
    Photo,
    Product,
    RevisionEvent,
    RevisionStatus,
)
from catalog.selectors import published_listings, with_card_data, with_page_data
from core.name_order import by_name
from core.numbers import whole_number
from core.text import fold
from households.access import Acting, households_to_draft_for
from households.models import Household

MAX_REVISIONS_SHOWN = 20
MAX_EVENTS_SHOWN = 30


def listings_of(user: User, now: datetime) -> QuerySet[Product]:
    """What ``user`` may work on, the latest changed first."""
    return listings_shown_to(user, now).exclude(status=ListingStatus.DELETED).order_by("-date_updated", "-pk")


def listings_of_household(acting: Acting) -> QuerySet[Product]:
    """All of the household's; its drafts alone where the person may only draft."""
    listings = Product.objects.filter(household=acting.household).exclude(status=ListingStatus.DELETED)
    seen = listings.filter(status=ListingStatus.DRAFT) if acting.drafts_only else listings
    return seen.order_by("-date_updated", "-pk")


def deleted_drafts(user: User, now: datetime) -> QuerySet[Product]:
    """The drafts that ``user`` may still restore, the latest deleted first."""
    deleted = workable_listings(user, now).filter(status=ListingStatus.DELETED, date_updated__gt=now - TAKE_BACK_WITHIN)
    return deleted.select_related("household").order_by("-date_updated", "-pk")


def listings_without_photo() -> QuerySet[Product]:
    """On sale although each of its photos has failed."""
    photos = Photo.objects.filter(listing=OuterRef("pk"))
    failed, counted = photos.exclude(failure=""), photos.filter(failure="")
    return Product.objects.filter(Exists(failed), ~Exists(counted), status=ListingStatus.PUBLISHED)


def changes_of_closed_accounts() -> QuerySet[ListingRevision]:
    """Changes that are still open although the account of their household is closed."""
    return ListingRevision.objects.filter(status__in=OPEN_REVISION, listing__household__closed_at__isnull=False)


def waiting_revisions(user: User, now: datetime) -> QuerySet[ListingRevision]:
    """The changes that wait for a check by ``user``, the longest waiting first."""
    waiting = revisions_to_check(user, now).select_related("listing__household", "author", "team")
    return waiting.order_by("proposed_at", "pk")


def revisions_of(listing: Product, now: datetime) -> list[ListingRevision]:
    """The changes of a listing that are under way, and those given up lately, which can be taken up again."""
    given_up = Q(status__in=[RevisionStatus.ENDED, RevisionStatus.TAKEN_BACK], closed_at__gt=now - TAKE_BACK_WITHIN)
    shown = listing.revisions.filter(Q(status__in=OPEN_REVISION) | given_up)
    return list(shown.select_related("author", "team").order_by("-pk")[:MAX_REVISIONS_SHOWN])


def revision_to_begin_from(listing: Product, key: str) -> ListingRevision | None:
    """The change of this listing that a form asks to go on from."""
    number = whole_number(key)
    return None if number is None else listing.revisions.filter(pk=number).first()


def history_of(listing: Product) -> list[ListingEvent | RevisionEvent]:
    """What became of the listing and of its changes, when and by whom, the latest first."""
    moves = ListingEvent.objects.filter(product=listing).select_related("actor", "team").order_by("-at", "-pk")
    changes = RevisionEvent.objects.filter(revision__listing=listing).select_related("actor", "team", "revision")
    both: list[ListingEvent | RevisionEvent] = [
        *moves[:MAX_EVENTS_SHOWN],
        *changes.order_by("-at", "-pk")[:MAX_EVENTS_SHOWN],
    ]
    return sorted(both, key=lambda event: event.at, reverse=True)[:MAX_EVENTS_SHOWN]


def listings_to_put_back(now: datetime) -> list[Product]:
    """What operators took down a while ago at most and may put back as it stood, the latest first."""
    fresh = Product.objects.filter(status=ListingStatus.TAKEN_DOWN, date_updated__gt=now - TAKE_BACK_WITHIN)
    taken = fresh.select_related("household").order_by("-date_updated", "-pk")[:MAX_REVISIONS_SHOWN]
    return [listing for listing in taken if may_be_put_back(listing, last_event(listing), now)]


def households_to_list_for(user: User, words: str, now: datetime, most: int = 20) -> list[Household]:
    """Households for which ``user`` may draft listings, found by name or code without tones."""
    households = households_to_draft_for(user, now).select_related("commune")
    if words.strip():
        households = households.filter(Q(search_text__contains=fold(words.strip())) | Q(code__iexact=words.strip()))
    return list(households.order_by(by_name("name"), "pk")[:most])


def waiting_listings(user: User, now: datetime, today: date) -> QuerySet[Product]:
    """What waits for a check by ``user``, the longest waiting first."""
    waiting = with_card_data(listings_to_check(user, now), today)
    return waiting.select_related("drafted_by", "drafted_by_team").order_by("date_updated", "pk")


def preview_of(listing: Product, today: date) -> Product:
    """The listing as its page will show it, on sale or not."""
    return with_page_data(Product.objects.all(), today).get(pk=listing.pk)


def listings_to_moderate(words: str, today: date) -> QuerySet[Product]:
    """What buyers see now, newest first; narrowed by words of its name, or by household; with or without tones."""
    listings = with_card_data(published_listings(), today).order_by("-published_at", "-pk")
    if words.strip():
        says_all = Q()
        for word in fold(words).split():
            says_all &= Q(folded_title__contains=word) | Q(household__search_text__contains=word)
        listings = listings.filter(says_all | Q(household__code__iexact=words.strip()))
    return listings


def listings_on_the_shelf() -> QuerySet[Product]:
    """The listings that an operator may take down: those on sale and those that wait for a check."""
    return Product.objects.filter(status__in=[ListingStatus.PUBLISHED, ListingStatus.IN_CHECK])
