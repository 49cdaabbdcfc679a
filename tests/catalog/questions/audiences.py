"""Who signed in asks about any listing; the household and its team answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.catalog.listing.audiences import listing_of
from tests.doors import HOUSEHOLD_OR_TEAM, PUBLIC, SIGNED_IN, Door


def any_listing(cast: Any) -> dict[str, int]:
    """The same for both sides: it is on sale, and whoever is signed in may ask about it."""
    from catalog.models import Product

    there = Product.objects.order_by("pk").first()
    return {"pk": there.pk} if there else listing_of(cast)


def question_of(cast: Any) -> dict[str, int]:
    from catalog.models import Product
    from tests.factories.voices import asked

    on_sale = Product.objects.get(pk=listing_of(cast)["pk"])
    return {"pk": asked(on_sale, cast.buyer, timezone.now()).pk}


DOORS = {
    "questions:of_listing": Door(PUBLIC, kwargs=listing_of),
    "questions:ask": Door(SIGNED_IN, kwargs=any_listing),
    "questions:waiting": Door(SIGNED_IN),
    "questions:answer": Door(HOUSEHOLD_OR_TEAM, kwargs=question_of),
    "questions:mine": Door(SIGNED_IN),
}
