"""Background work of the index. Every task is safe to repeat."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from core.work import enqueue
from search.engines import health, registry
from search.engines.port import SearchUnavailable
from search.index import outbox, passes, words

log = logging.getLogger(__name__)
KEEP_PASSES = timedelta(days=7)


@shared_task
def drain_index(engine: str) -> None:
    """Bring one engine's index up to date. While the engine is down its changes stay in the outbox; whoever notices
    that it is back calls again."""
    try:
        passes.drain(engine=engine, now=timezone.now())
    except SearchUnavailable as error:
        log.warning("The changes wait: %s cannot be written to: %s", engine, error)


@shared_task
def count_signposts(engine: str) -> None:
    try:
        passes.count_signposts(engine=engine, now=timezone.now())
    except SearchUnavailable as error:
        log.warning("The signposts wait: %s cannot be written to: %s", engine, error)


@shared_task
def look_after_engines() -> None:
    """Every minute: tell operators how the engines are, and write what waits for those that answer."""
    for engine in settings.SEARCH_ENGINES:
        if health.examine(engine, timezone.now()):
            enqueue(drain_index, engine)
            enqueue(count_signposts, engine)


@shared_task
def learn_words() -> None:
    """Every ten minutes: count the words of the catalogue anew if something was listed since the last time."""
    if not words.is_learning_due(timezone.now()):
        return
    try:
        words.learn_from_any(registry.engines(), timezone.now())
    except SearchUnavailable as error:
        log.warning("No index tells its words: %s", error)


@shared_task
def compare_indices() -> None:
    """Every night: compare each index with the database, log and mend what differs, and delete old passes."""
    for engine in settings.SEARCH_ENGINES:
        try:
            differing = passes.compare(engine=engine, now=timezone.now())
        except SearchUnavailable as error:
            log.warning("No comparison: %s cannot be read: %s", engine, error)
            continue
        if differing:
            shown = sorted(differing, key=str)[:20]
            log.error("%s and the database differ in %d places: %s", engine, len(differing), shown)
    outbox.delete_passes(before=timezone.now() - KEEP_PASSES)
