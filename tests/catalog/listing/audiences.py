"""Whom the pages of a listing are for before buyers see it."""

from __future__ import annotations

from django.utils import timezone

from tests.doors import HOUSEHOLD_OR_TEAM, OPERATOR, SIGNED_IN, Audience, Door
from tests.sent import WORDS, Sent, everybodys

CHECKER = Audience("second person", ("head", "leader", "operator"), sees_all=("operator",))

WORKS_OR_CHECKS = Audience(
    "household, its team or an operator", ("head", "volunteer", "leader", "operator"), sees_all=("operator",)
)


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


def revision_of(cast):
    """A change of a listing on sale that the team's volunteer wrote."""
    from catalog.models import Product
    from households.access import Acting
    from tests.factories.catalog import proposed

    helped = Acting(cast.volunteer, cast.household, cast.team)
    on_sale = Product.objects.get(pk=listing_of(cast)["pk"])
    return {"pk": proposed(helped, on_sale, timezone.now(), title="Chè đinh nõn").pk}


def taken_down(cast):
    from catalog.listing.services import take_down_listing
    from catalog.models import Product

    on_sale = Product.objects.get(pk=listing_of(cast)["pk"])
    take_down_listing(operator=cast.operator, listing=on_sale, reason="Nhầm", now=timezone.now())
    return {"pk": on_sale.pk}


OFFER = {"key": "6e7ab2c2-2f4f-4d2c-9d7b-0d6d5b2f6a10", "version": "0", "price": "90.000", "stock": "5"}
DOORS = {
    "listing:mine": Door(SIGNED_IN),
    "listing:to_check": Door(SIGNED_IN),
    "listing:create": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:of_household": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:overview": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "listing:edit": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "listing:offer": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of, method="post", data=OFFER),
    "listing:submit": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "draft"), method="post"),
    "listing:publish": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "in_check"), method="post"),
    "listing:withdraw": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of, method="post"),
    "listing:put_back": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of, method="post"),
    "listing:delete": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "draft")),
    "listing:restore": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: listing_of(cast, "draft"), method="post"),
    "listing:revision": Door(WORKS_OR_CHECKS, kwargs=revision_of),
    "listing:decide_revision": Door(CHECKER, kwargs=revision_of, method="post", data={"decision": "back"}),
    "listing:take_back_revision": Door(HOUSEHOLD_OR_TEAM, kwargs=revision_of, method="post"),
    "listing:put_back_taken_down": Door(OPERATOR, kwargs=taken_down, method="post"),
    "listing:check": Door(CHECKER, kwargs=lambda cast: listing_of(cast, "in_check")),
    "listing:moderate": Door(OPERATOR),
    "listing:take_down": Door(OPERATOR, kwargs=listing_of),
}


def typed(cast) -> dict:
    """What the form of a listing needs beside its photos."""
    from tests.factories.catalog import category

    return {
        "key": "0198f3a0-0000-7000-8000-000000000001",
        "version": "1",
        "title": "Chè Tân Cương loại hai",
        "category_id": category().pk,
        "price": "120.000",
        "sale_unit": "bag",
        "net_weight_g": "500 g",
        "stock": "40",
        "harvest_months": ["3", "4"],
        "origin_commune_id": cast.commune.pk,
        "storage": "ambient",
        "then": "save",
    }


def photo_of(cast) -> str:
    """A photo of a listing of the cast's household."""
    from catalog.models import Product

    return str(Product.objects.get(pk=listing_of(cast, "draft")["pk"]).photos.get().key)


def loose_photo_of(cast) -> str:
    from tests.factories.catalog import photo

    return str(photo(cast.head, timezone.now()).key)


def key_of_revision(cast) -> str:
    return str(revision_of(cast)["pk"])


def key_of(cast) -> str:
    from catalog.models import Product

    return str(Product.objects.get(pk=listing_of(cast, "draft")["pk"]).key)


SENT = {
    **dict.fromkeys(("then", "decision", "reason", "tim", "kind", "number"), WORDS),
    "version": everybodys("the number of a version of what the address names"),
    "category_id": everybodys("categories are public"),
    "kept": Sent("a photo of the listing", of=photo_of, routes=("listing:create", "listing:edit"), typed=typed),
    "main": Sent(
        "the photo that comes first", of=loose_photo_of, routes=("listing:create", "listing:edit"), typed=typed
    ),
    "replaces": Sent(
        "the change that the form goes on from", of=key_of_revision, routes=("listing:edit",), typed=typed
    ),
    "ban-sua": Sent("a change to take up again", of=key_of_revision, routes=("listing:edit",), typed=typed),
    "key": Sent(
        "the form of a new listing, sent before",
        of=key_of,
        routes=("listing:create", "listing:edit"),
        typed=lambda cast: {name: value for name, value in typed(cast).items() if name != "key"},
    ),
}
