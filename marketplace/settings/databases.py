"""DATABASE_URL to Django's DATABASES entry; SQLite is the embedded default, PostgreSQL the real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from django.core.exceptions import ImproperlyConfigured

POSTGRESQL, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"
CONNECTION_SECONDS = 60
MEND = "write postgres://USER:PASSWORD@HOST:PORT/NAME or sqlite:///FILE, with % signs for characters such as @ and /"


def sqlite(path: Path | str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """WAL and IMMEDIATE: with Django's defaults two buyers at once get "database is locked"."""
    if not Path(path).absolute().parent.is_dir():
        raise ImproperlyConfigured(f"DATABASE_URL names a file in {str(Path(path).parent)!r}: make that folder first.")
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            **(options or {}),
        },
    }


def from_url(url: str) -> dict[str, Any]:
    """
    What the address names, its options included: ``?sslmode=require`` reaches the server's driver.

    Raises ImproperlyConfigured where the address is none, names another kind of database, or holds an option that the
    driver does not know. The address is not shown, because it may hold a password.
    """
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True)
        )
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL is no address of a database: {MEND}.") from error
    if found["ENGINE"] == SQLITE and found["NAME"] != ":memory:" and not found.get("HOST"):
        return sqlite(found["NAME"], found.get("OPTIONS"))
    if found["ENGINE"] != POSTGRESQL or not found["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database of PostgreSQL and no file: {MEND}.")
    try:
        psycopg.conninfo.make_conninfo(**found.get("OPTIONS", {}))
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL ends in an option that PostgreSQL does not know: {error}.") from error
    return found
