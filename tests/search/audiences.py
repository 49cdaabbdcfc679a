"""Searching is for everybody, a saved search for who saved it, the state of the engines for operators."""

from __future__ import annotations

from tests.doors import OPERATOR, PUBLIC, SIGNED_IN, Audience, Door
from tests.sent import everybodys

OWNER = Audience("who saved it", ("buyer",))


def _category(cast):
    from tests.factories.catalog import category

    made = category()
    return {"category_slug": made.slug, "pk": made.pk}


def _kind(cast):
    from tests.factories.catalog import category

    return {"code": category(code="che-ca-phe").code}


def _saved(cast):
    from django.utils import timezone

    from search.saved.saved_searches import save_search

    return {"pk": save_search(user=cast.buyer, text="chè", choices={}, now=timezone.now()).pk}


DOORS = {
    "catalogue:category": Door(PUBLIC, kwargs=_category),
    "catalogue:kind": Door(PUBLIC, kwargs=_kind),
    "robots": Door(PUBLIC),
    "sitemap": Door(PUBLIC),
    "sitemap-file": Door(PUBLIC, kwargs=lambda cast: {"section": "gian-hang"}),
    "search:search": Door(PUBLIC),
    "search:suggest": Door(PUBLIC),
    "search:save": Door(SIGNED_IN, method="post", data={"q": "chè"}),
    "search:saved": Door(SIGNED_IN),
    "search:forget": Door(OWNER, kwargs=_saved, method="post"),
    "search:state": Door(OPERATOR),
}

SENT = {
    "*": everybodys("words and the choices of facets, about what is on sale"),
    "category": everybodys("categories are public"),
}
