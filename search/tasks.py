"""Background work of the index; every task is safe to repeat."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from search.asking import ask as asking
from search.engines import health, registry
from search.engines.documents import ListingDocument
from search.engines.port import SearchEngine, SearchUnavailable
from search.index import indexing, outbox, words
from search.language.analysis import Language
from search.models import SavedSearch
from search.saved import alerts

log = logging.getLogger(__name__)
KEEP_PASSES = timedelta(days=7)


@shared_task
def drain_index(engine: str) -> None:
    """Changes stay in the outbox while the engine is down; whoever notices that it is back calls again."""
    try:
        indexing.drain(engine=engine, now=timezone.now())
    except SearchUnavailable as error:
        log.warning("The changes wait: %s cannot be written to: %s", engine, error)


@shared_task
def look_after_engines() -> None:
    """Every minute: tell operators how the engines are, write what waits for those that answer."""
    for engine in settings.SEARCH_ENGINES:
        if health.examine(engine, timezone.now()):
            drain_index.delay(engine)


@shared_task
def learn_words() -> None:
    """What listings say by now, from the first engine that can tell."""
    if not words.is_learning_due(timezone.now()):
        return
    try:
        words.learn_from_any(registry.engines(), timezone.now())
    except SearchUnavailable as error:
        log.warning("No index tells its words: %s", error)


@shared_task
def compare_indices() -> None:
    """Every night: the index and the database must not differ; what differs is mended and said."""
    for engine in settings.SEARCH_ENGINES:
        try:
            differing = indexing.compare(engine=engine, now=timezone.now())
        except SearchUnavailable as error:
            log.warning("No comparison: %s cannot be read: %s", engine, error)
            continue
        if differing:
            shown = sorted(differing, key=str)[:20]
            log.error("%s and the database differ in %d places: %s", engine, len(differing), shown)
    outbox.forget_passes(before=timezone.now() - KEEP_PASSES)


@shared_task
def tell_of_arrivals() -> None:
    """Whoever saved a search hears of what was published since."""
    now = timezone.now()
    for saved in alerts.due_searches(now):
        if fresh := asking.ask(partial(_arrivals, saved, now), now):
            alerts.tell(saved=saved, fresh=fresh, now=now)


def _arrivals(saved: SavedSearch, now: datetime, engine: SearchEngine, language: Language) -> list[ListingDocument]:
    return alerts.arrivals(saved, engine, language, now)
