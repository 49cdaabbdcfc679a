"""The newest listings in the database, which are searched when no index answers."""

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
"""So many are matched one by one in less than a second."""

KEPT_SECONDS = 15
"""The listings are read from the database once for all questions of so many seconds, because in an outage every page
asks several times."""

Contents = tuple[list[ListingDocument], list[Signpost]]


def newest_listings(now: datetime) -> PlainEngine:
    since = now - timedelta(seconds=now.second % KEPT_SECONDS, microseconds=now.microsecond)
    return PlainEngine(lambda: _newest(str(settings.SEARCH_FOLDER), since))


def forget() -> None:
    for kept in (_newest, _delivery_reach):
        kept.cache_clear()


# The site's folder is part of both keys, so that tests with sites of their own never see each other's listings.
@lru_cache(maxsize=1)
def _newest(site: str, since: datetime) -> Contents:
    hour = since.replace(minute=0, second=0)
    return Source(since, _delivery_reach(site, hour)).newest(NEWEST), []


@lru_cache(maxsize=1)
def _delivery_reach(_site: str, hour: datetime) -> DeliveryReach:
    """The tariff changes seldom: read every hour, as places are."""
    return DeliveryReach(vietnam_date(hour))
