"""What every process makes before its first visitor, so that nobody waits: addresses, templates, places, words."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from households.places.index import place_index
from search.asking.current_lexicon import current_lexicon

PAGES = (
    "content/home_page.html",
    "search/page.html",
    "search/category.html",
    "storefront/product.html",
    "storefront/household.html",
    "basket/summary.html",
    "checkout/details.html",
    "checkout/review.html",
)
logger = logging.getLogger(__name__)


def warm_up() -> None:
    """A database that does not answer is logged and does not keep the process from starting.

    Leaves no connection open: a server may fork after it, and connections must not be shared.
    """
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("basket:summary")
    for page in PAGES:
        get_template(page)
    try:
        place_index()
        current_lexicon()
    except DatabaseError:
        logger.exception("The places and the words of the search could not be read yet")
    finally:
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:  # a transaction that is open belongs to whoever called
                connection.close()
