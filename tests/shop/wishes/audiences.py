"""A person's own list, and what it waits for."""

from __future__ import annotations

from django.utils import timezone

from tests.doors import PEOPLE, PUBLIC, SIGNED_IN, Audience, Door

ABOUT_GOODS = Audience("signed in, about anything on sale", PEOPLE, sees_all=PEOPLE, everybody=True)


def _on_sale(cast):
    from households.access import Acting
    from tests.factories.catalog import listing

    return {"pk": listing(Acting(cast.head, cast.household), timezone.now()).pk}


DOORS = {
    "wishes:list": Door(SIGNED_IN),
    "wishes:keep": Door(ABOUT_GOODS, kwargs=_on_sale, method="post"),
    "wishes:tell": Door(ABOUT_GOODS, kwargs=_on_sale, method="post"),
    "wishes:take_off": Door(ABOUT_GOODS, kwargs=_on_sale, method="post"),
    "delivery:place": Door(PUBLIC),
    "delivery:suggest": Door(PUBLIC),
}
