"""How much of what buyers look for a household's storefront says, and the next thing to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.listing.advice import ENOUGH_WORDS, fixes
from catalog.models import ListingStatus, Product
from households.models import Household

MAX_LISTINGS_READ = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that buyers look for and do not find. ``about`` is the listing's title, empty for the storefront."""

    about: str
    advice: Any
    url: str


@dataclass(frozen=True, slots=True)
class StorefrontScore:
    """``asked`` things were looked for; ``gaps`` are those that are missing, the most telling first."""

    asked: int
    gaps: tuple[Gap, ...]

    @property
    def percent(self) -> int:
        """100 only when nothing is missing."""
        return (self.asked - len(self.gaps)) * 100 // self.asked


def storefront_score(household: Household) -> StorefrontScore:
    """Of the storefront and its listings on sale, the newest MAX_LISTINGS_READ: two queries."""
    edit = reverse("onboarding:household_edit", args=[household.code])
    listings = Product.objects.filter(household=household, status=ListingStatus.PUBLISHED)
    counted = listings.annotate(photos_counted=Count("photos", filter=Q(photos__failure="")))
    on_sale = list(counted.prefetch_related("stockrecords").order_by("-published_at", "-pk")[:MAX_LISTINGS_READ])
    asked = [
        (not on_sale, Gap("", _("Put a product on sale."), reverse("listing:create", args=[household.code]))),
        (
            not household.is_public,
            Gap(
                "",
                _("Open the storefront: buyers do not see it."),
                reverse("onboarding:household", args=[household.code]),
            ),
        ),
        (
            len(household.story.split()) < ENOUGH_WORDS,
            Gap("", _("Tell your story: who you are, what you grow, how. Twenty words are enough."), edit),
        ),
    ]
    for listing in on_sale:
        url = reverse("listing:edit", args=[listing.pk])
        read: Any = listing  # with the prefetched lists
        available = sum(record.num_in_stock - (record.num_allocated or 0) for record in read.stockrecords.all())
        for is_missing, advice in fixes(listing, photos=read.photos_counted, available=max(available, 0)):
            asked.append((is_missing, Gap(listing.title, advice, url)))
    return StorefrontScore(len(asked), tuple(gap for is_missing, gap in asked if is_missing))
