"""What is shown when no index answers: the newest listings, read from the database and kept for a few seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings

from core.periods import vietnam_date
from search.engines.documents import ListingDocument, Signpost
from search.engines.plain import PlainEngine
from search.index.delivery import DeliveryReach
from search.index.source import Source

NEWEST = 300
"""Few enough to be matched one by one within a page's second."""

KEPT_SECONDS = 15
"""One page asks several times, and in an outage many pages ask: the database is read once for all of them."""

Shelf = tuple[list[ListingDocument], list[Signpost]]


def newest_listings(now: datetime) -> PlainEngine:
    since = now - timedelta(seconds=now.second % KEPT_SECONDS, microseconds=now.microsecond)
    return PlainEngine(lambda: _shelf(str(settings.SEARCH_FOLDER), since))


def forget() -> None:
    for kept in (_shelf, _reach):
        kept.cache_clear()


# The site's folder is part of both keys, so that tests with sites of their own never see each other's listings.
@lru_cache(maxsize=1)
def _shelf(site: str, since: datetime) -> Shelf:
    hour = since.replace(minute=0, second=0)
    return Source(since, _reach(site, hour)).newest(NEWEST), []


@lru_cache(maxsize=1)
def _reach(_site: str, hour: datetime) -> DeliveryReach:
    """The tariff changes seldom: read every hour, as places are."""
    return DeliveryReach(vietnam_date(hour))
