"""Lists of listings for those who work on them, each in a fixed number of queries."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from catalog.access import listings_shown_to, listings_to_check
from catalog.models import ListingStatus, Product
from catalog.selectors import published_listings, with_card_data, with_page_data
from core.name_order import by_name
from core.text import fold
from households.access import Acting, households_to_draft_for
from households.models import Household


def listings_of(user: User, now: datetime) -> QuerySet[Product]:
    """What ``user`` may work on, the latest changed first."""
    return listings_shown_to(user, now).order_by("-date_updated", "-pk")


def listings_of_household(acting: Acting) -> QuerySet[Product]:
    """All of the household's; its drafts alone where the person may only draft."""
    listings = Product.objects.filter(household=acting.household).order_by("-date_updated", "-pk")
    return listings.filter(status=ListingStatus.DRAFT) if acting.drafts_only else listings


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
