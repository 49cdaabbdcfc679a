"""Background work of the index; every task is safe to repeat."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from search import indexing, outbox
from search.port import SearchUnavailable

log = logging.getLogger(__name__)
KEEP_DONE = timedelta(days=2)


@shared_task
def drain_index(engine: str) -> None:
    """Changes stay in the outbox while the engine is down; whoever notices that it is back calls again."""
    try:
        indexing.drain(engine=engine, now=timezone.now())
    except SearchUnavailable as error:
        log.warning("The changes wait: %s cannot be written to: %s", engine, error)


@shared_task
def drain_indices() -> None:
    for engine in settings.SEARCH_ENGINES:
        drain_index.delay(engine)


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
            log.error("%s and the database differ in %d listings: %s", engine, len(differing), sorted(differing)[:20])
    outbox.forget_done(before=timezone.now() - KEEP_DONE)
