"""What everybody is shown is the same until something of it changes: the edition that holds, and what is kept for it.

Who begins the next edition, and why: marketplace/page_generations.py and docs/adr/0040.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone, translation

from core.periods import vietnam_date

T = TypeVar("T")
logger = logging.getLogger(__name__)
_ALL = "all"


def generation() -> str:
    """Of all that is shown to everybody."""
    kept = caches["generations"]
    known: str | None = kept.get(_ALL)
    return known or kept.get_or_set(_ALL, new_generation, None) or ""


def begin_generation() -> None:
    """Nobody is shown anything from before, whichever process made it."""
    caches["generations"].set(_ALL, new_generation(), None)


def new_generation() -> str:
    return uuid4().hex


def edition() -> str:
    """The generation and Vietnam's day, on which seasons and certificates depend; empty where nothing can be kept."""
    if not settings.PAGE_CACHE_SECONDS:
        return ""
    try:
        return f"{generation()}:{vietnam_date(timezone.now())}"
    except OSError:  # a server that is away, or a full disk: everything is made as if there were no cache
        logger.exception("The generation of what is shown cannot be read")
        return ""


def kept_for_edition(key: str, make: Callable[[], T]) -> T:
    """What ``make`` gave for this key, edition and language; it must be plain data, and the same for everybody.

    The edition is read before the making: what a change overtook is kept under the edition before it.
    """
    holds = edition()
    if not holds:
        return make()
    whole_key = f"{key}:{translation.get_language()}"
    kept: tuple[str, T] | None = caches["pages"].get(whole_key)
    if kept is not None and kept[0] == holds:
        return kept[1]
    made = make()
    caches["pages"].set(whole_key, (holds, made), settings.PAGE_CACHE_SECONDS)
    return made
