"""Alerts: owners of saved searches are told of new listings, each once, with at most one message a day for a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext

from messaging.services import send_message
from search.asking.finding import WINDOW, find
from search.asking.ranking import Situation
from search.engines.documents import ListingDocument
from search.engines.port import SearchEngine, Sort
from search.language.lexicon import Lexicon
from search.language.query import Stage
from search.models import SavedSearch
from search.saved.saved_searches import label_of, parameters_of

QUIET = timedelta(days=1)
LOOK_BACK = timedelta(days=7)
"""An index may get an earlier listing after a later one, so listings published up to so long before the last one told
are looked at again."""


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """The searches that have had no message within the last day."""
    silent = Q(told_at__isnull=True) | Q(told_at__lte=now - QUIET)
    return SavedSearch.objects.filter(silent).select_related("user").order_by("pk")


def arrivals(saved: SavedSearch, engine: SearchEngine, lexicon: Lexicon, now: datetime) -> list[ListingDocument]:
    """The listings that fit the search, were published since it was saved and were not told, the newest first.

    Relaxed results do not count. Of more than a window of listings (``finding.WINDOW``) the newest count.
    """
    request = replace(parameters_of(saved).request(Situation(now)), sort=Sort.NEWEST, size=WINDOW)
    found = find(engine, request, lexicon)
    if found.step is None or found.step.stage is Stage.RELAXED:
        return []
    since = max(saved.created_at, saved.heard_until - LOOK_BACK)
    recent = (listing for listing in found.listings if listing.published_at and listing.published_at > since)
    return [listing for listing in recent if listing.sku not in saved.told]


@transaction.atomic
def send_alert(*, saved: SavedSearch, arrived: Sequence[ListingDocument], now: datetime) -> None:
    """Send one message for all of these listings, and remember them for as long as they are looked at again."""
    with translation.override(settings.LANGUAGE_CODE):
        send_message(
            phone=saved.user.phone, text=_words(saved, arrived[0].title, len(arrived)), key=_key(saved), now=now
        )
    published = {listing.sku: listing.published_at for listing in arrived if listing.published_at}
    saved.heard_until = max(saved.heard_until, *published.values())
    told = saved.told | {sku: at.isoformat() for sku, at in published.items()}
    since = saved.heard_until - LOOK_BACK
    saved.told = {sku: at for sku, at in told.items() if datetime.fromisoformat(at) > since}
    saved.told_at = now
    saved.save(update_fields=["heard_until", "told", "told_at"])


def _words(saved: SavedSearch, title: str, count: int) -> str:
    """The text of the message. Its address needs no sign-in, so it works on any phone."""
    known: dict[str, Any] = {"what": label_of(saved), "title": title, "count": count}
    known["address"] = settings.SITE_URL + parameters_of(saved).sorted_by(Sort.NEWEST)
    return gettext("New on Chợ Nhà Nông for “%(what)s”: %(title)s (%(count)s new). See: %(address)s") % known


def _key(saved: SavedSearch) -> str:
    """The key of the message, by which two processes at the same moment send it only once."""
    return f"saved-search:{saved.pk}:{(saved.told_at or saved.created_at).isoformat()}"
