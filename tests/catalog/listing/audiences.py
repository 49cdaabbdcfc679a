"""Whom the pages of a listing are for before buyers see it."""

from __future__ import annotations

from django.utils import timezone

from tests.doors import HOUSEHOLD_OR_TEAM, OPERATOR, SIGNED_IN, Audience, Door

CHECKER = Audience("second person", ("head", "leader", "operator"), sees_all=("operator",))


def listing_of(cast, status: str = "published"):
    from catalog.listing.services import publish_listing, submit_for_check
    from households.access import Acting
    from tests.factories.catalog import draft

    helped, now = Acting(cast.volunteer, cast.household, cast.team), timezone.now()
    made = draft(helped, now)
    if status != "draft":
        submit_for_check(acting=helped, listing=made, now=now)
    if status == "published":
        publish_listing(checker=cast.leader, listing=made, now=now)
    return {"pk": made.pk}


DOORS = {
    "listing:mine": Door(SIGNED_IN),
    "listing:to_check": Door(SIGNED_IN),
    "listing:create": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:of_household": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:overview": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "listing:edit": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "listing:offer": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of, method="post", data={"price": "90.000", "stock": "5"}),
    "listing:submit": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "draft"), method="post"),
    "listing:publish": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "in_check"), method="post"),
    "listing:withdraw": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of, method="post"),
    "listing:check": Door(CHECKER, kwargs=lambda cast: listing_of(cast, "in_check")),
    "listing:moderate": Door(OPERATOR),
    "listing:take_down": Door(OPERATOR, kwargs=listing_of),
}
