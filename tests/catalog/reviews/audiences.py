"""Everybody reads reviews; the household and its team answer them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.catalog.listing.audiences import listing_of
from tests.doors import HOUSEHOLD_OR_TEAM, PUBLIC, SIGNED_IN, Door


def review_of(cast: Any) -> dict[str, int]:
    from households.access import Acting
    from tests.factories.orders import make_listing
    from tests.factories.voices import delivered, reviewed

    acting, now = Acting(cast.head, cast.household), timezone.now()
    return {"pk": reviewed(delivered(make_listing(cast.household), cast.commune, acting, now), now).pk}


DOORS = {
    "reviews:of_listing": Door(PUBLIC, kwargs=listing_of),
    "reviews:of_household": Door(PUBLIC, kwargs=lambda cast: {"code": cast.household.code}),
    "reviews:received": Door(SIGNED_IN),
    "reviews:answer": Door(HOUSEHOLD_OR_TEAM, kwargs=review_of),
}
