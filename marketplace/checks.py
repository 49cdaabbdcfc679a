"""What Django should complain about before it serves: each with an id and a way to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from core import env
from core.name_order import VIETNAMESE

STAFF_DOOR = "accounts.middleware.StaffPagesMiddleware"
SIGN_IN_DOOR = "django.contrib.auth.middleware.AuthenticationMiddleware"
ICU = (
    "Serve from a PostgreSQL that was built with ICU, as every packaged one is. Where ICU came after the database was "
    f"made, run in it: CREATE COLLATION \"{VIETNAMESE}\" (provider = icu, locale = 'vi')"
)


@register(Tags.security)
def outbox_is_hidden(**kwargs: Any) -> list[CheckMessage]:
    if not settings.SHOW_OUTBOX or settings.DEBUG or settings.MESSAGE_SENDER == "memory":
        return []
    hint = "Set SHOW_OUTBOX to False: it shows everybody's sign-in codes."
    return [Error("The on-screen outbox is open outside development.", hint=hint, id="core.E001")]


@register(Tags.security)
def staff_pages_are_guarded(**kwargs: Any) -> list[CheckMessage]:
    order = settings.MIDDLEWARE
    if STAFF_DOOR in order and SIGN_IN_DOOR in order[: order.index(STAFF_DOOR)]:
        return []
    hint = f"Put {STAFF_DOOR} into MIDDLEWARE, after {SIGN_IN_DOOR}."
    return [Error("Staff pages do not ask for a second factor.", hint=hint, id="core.E002")]


@register()
def gateway_is_named(**kwargs: Any) -> list[CheckMessage]:
    if settings.MESSAGE_SENDER != "http" or (settings.MESSAGE_GATEWAY_URL and settings.MESSAGE_GATEWAY_TOKEN):
        return []
    hint = "Set MESSAGE_GATEWAY_URL and MESSAGE_GATEWAY_TOKEN, or MESSAGE_SENDER=console to write to the terminal."
    return [Error("Messages go by HTTP, and no gateway is named.", hint=hint, id="core.E003")]


@register()
def cache_is_shared(**kwargs: Any) -> list[CheckMessage]:
    if settings.CELERY_TASK_ALWAYS_EAGER or settings.REDIS_URL:
        return []
    hint = "Set REDIS_URL too, or leave CELERY_BROKER_URL empty to work in one process."
    return [
        Warning("Each process counts sign-in tries for itself: the cache is not shared.", hint=hint, id="core.W001")
    ]


@register()
def env_file_has_known_names(**kwargs: Any) -> list[CheckMessage]:
    known = documented_names()
    return [_unknown(name, known) for name in sorted(env.names_in(settings.ROOT / ".env") - known)]


def documented_names() -> set[str]:
    """The settings of .env.example, and for each the name that points at a file."""
    names = env.names_in(settings.ROOT / ".env.example", commented=True)
    return names | {f"{name}_FILE" for name in names}


def _unknown(name: str, known: set[str]) -> CheckMessage:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"Did you mean {near[0]}?" if near else "See .env.example for the settings there are."
    return Warning(f"{name} in .env switches nothing on.", hint=hint, id="core.W002")


@register(Tags.database)
def names_can_be_sorted(databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Asked by ``check --database default`` and by ``migrate``; without it the first list of names is a failure."""
    return [
        Error(f"The database {alias} cannot sort names: it has no collation {VIETNAMESE}.", hint=ICU, id="core.E004")
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and not _has_collation(alias)
    ]


def _has_collation(alias: str) -> bool:
    """Whether a name can be sorted by it in the encoding of this database."""
    asked = (
        "SELECT 1 FROM pg_collation WHERE collname = %s "
        "AND collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))"
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(asked, [VIETNAMESE])
        return cursor.fetchone() is not None


@register(Tags.translation)
def translations_are_compiled(**kwargs: Any) -> list[CheckMessage]:
    from core.management.commands.compile_translations import is_stale, ours

    stale = [_short(path) for path in ours(settings.ROOT) if is_stale(path)]
    if not stale:
        return []
    hint = "Run: make messages"
    return [Warning(f"Pages may be English: not compiled are {', '.join(stale)}.", hint=hint, id="core.W003")]


def _short(path: Path) -> str:
    return str(path.relative_to(settings.ROOT))
