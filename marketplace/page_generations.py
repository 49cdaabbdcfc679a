"""Which edition of the pages for everybody holds now. A change of what they show begins the next one at its commit.

What is written is seen at the database itself, so that no model, bulk statement or command has to be remembered. The
stock of a listing is the one exception: each order moves it, and only the listing's own page shows how much is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from core.editions import begin_generation, new_generation

SHOWN_TO_NOBODY_ELSE = (
    "account_",
    "accounts_",
    "analytics_",
    "auth_",
    "basket_",
    "catalogue_listingflag",
    "core_attemptcount",
    "core_auditentry",
    "django_admin_log",
    "django_session",
    "households_accountevent",
    "households_act",
    "households_communeofficer",
    "households_mandate",
    "households_provinceofficer",
    "households_teammember",
    "marketplace_",
    "messaging_",
    "mfa_",
    "onboarding_",
    "order_",
    "payment_",
    "payments_",
    "reporting_",
    "search_savedsearch",
)
"""Tables, by how their names begin, of which no page for everybody shows what must be seen at once."""
STOCK = "partner_stockrecord"
"""Prices are written with the listing's own row (catalog/listing), and of the stock ``stock_moved`` tells."""

_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?) +"?(\w+)', re.IGNORECASE)


def generation_of_listing(product_id: int) -> str:
    """Of the page of one listing, beside that of all; empty while its stock has not moved for long."""
    return caches["generations"].get(_key(product_id)) or ""


def begin_generation_of_listings(product_ids: Iterable[int]) -> None:
    """As ``core.editions.begin_generation``, of these listings' own pages; kept until all from before have ended."""
    new = {_key(product_id): new_generation() for product_id in product_ids}
    caches["generations"].set_many(new, settings.PAGE_CACHE_SECONDS * 2)


def note_moved_stock(product_ids: Iterable[int], **_signal: Any) -> None:
    """What hears ``catalog.signals.stock_moved``."""
    if settings.PAGE_CACHE_SECONDS:
        moved = list(product_ids)
        transaction.on_commit(lambda: begin_generation_of_listings(moved), robust=True)


def watch_writes(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Have each new connection tell of what is written through it."""
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def is_shown(table: str) -> bool:
    """Whether a page for everybody may show what stands in this table, so that a change must be seen at once."""
    return table != STOCK and not table.startswith(SHOWN_TO_NOBODY_ELSE)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    done = execute(sql, params, many, context)
    if settings.PAGE_CACHE_SECONDS and (found := _WRITES.match(str(sql))) and is_shown(found[1].lower()):
        _begin_after_commit()
    return done


def _begin_after_commit() -> None:
    """A load of a million rows leaves one callback, not a million."""
    waiting = connection.run_on_commit
    if waiting and waiting[-1][1] is begin_generation and waiting[-1][0] == set(connection.savepoint_ids):
        return
    transaction.on_commit(begin_generation, robust=True)


def _key(product_id: int) -> str:
    return f"listing:{product_id}"
