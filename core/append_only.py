"""Rows that are written once: neither the code nor raw SQL changes or deletes them.

A model that promises it inherits `AppendOnlyModel`. Its manager, queryset and instances raise AppendOnlyError before a
statement is sent; triggers in the database refuse whatever goes around them (raw SQL, a cascade, another program) with
an IntegrityError. Every `migrate` installs the triggers of every such model, so none has to be remembered in a
migration, and SQLite gets back those that a rebuilt table has lost (docs/adr/0025).

There is one way around, `rewrite_history`: it needs a reason and leaves an audit row.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NoReturn

import pgtrigger
from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

SQLITE_PREFIX = "append_only_"
_RAISE = "RAISE EXCEPTION 'append-only: rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = '23000';"
POSTGRESQL_TRIGGERS = (
    pgtrigger.Trigger(
        name="append_only", operation=pgtrigger.Update | pgtrigger.Delete, when=pgtrigger.Before, func=_RAISE
    ),
    pgtrigger.Trigger(
        name="append_only_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func=_RAISE,
    ),
)
_rewritable: ContextVar[frozenset[type[models.Model]]] = ContextVar("rewritable", default=frozenset())


class AppendOnlyError(TypeError):
    """Code tried to change or delete a row that is written once: a fault of the code, never of its user."""


def _require_rewritable(model: type[models.Model]) -> None:
    if model not in _rewritable.get():
        raise AppendOnlyError(f"Rows of {model._meta.label} are never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and inserts as ever; what would change or delete rows raises AppendOnlyError."""

    def update(self, **kwargs: Any) -> int:
        _require_rewritable(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_rewritable(self.model)
        return super().delete()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _require_rewritable(self.model)
        return super().bulk_update(*args, **kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        """``ignore_conflicts`` stays allowed: it keeps the row that is there."""
        if kwargs.get("update_conflicts"):
            _require_rewritable(self.model)
        return super().bulk_create(*args, **kwargs)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"Rows of {self.model._meta.label} are never changed: use get_or_create.")

    # An overriding method loses these marks: templates may not call it, managers do not offer `delete`.
    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark
    delete.alters_data = True  # type: ignore[attr-defined]  # Django's mark
    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's mark
    bulk_update.alters_data = True  # type: ignore[attr-defined]  # Django's mark
    bulk_create.alters_data = True  # type: ignore[attr-defined]  # Django's mark


class AppendOnlyModel(models.Model):
    """Base of every model whose rows are facts: what happened is added, never corrected in place.

    Foreign keys of such a model say PROTECT: a cascade would delete facts, SET_NULL would change them. The system check
    core.E010 refuses the others.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Insert the row. Raises AppendOnlyError for one that came from the database."""
        if not self._state.adding:
            _require_rewritable(type(self))
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require_rewritable(type(self))
        return super().delete(*args, **kwargs)

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        kept = (models.PROTECT, models.RESTRICT)
        wrong = [
            field
            for field in cls._meta.local_fields
            if field.remote_field and getattr(field.remote_field, "on_delete", models.PROTECT) not in kept
        ]
        return [
            *super().check(**kwargs),
            *(
                checks.Error(
                    f"{field} would delete or change rows that are written once.",
                    hint="Write on_delete=models.PROTECT.",
                    obj=cls,
                    id="core.E010",
                )
                for field in wrong
            ),
        ]


def append_only_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def register_triggers() -> None:
    """Tell pgtrigger which triggers belong to which table; called once, when every model is loaded."""
    for model in append_only_models():
        for trigger in POSTGRESQL_TRIGGERS:
            trigger.register(model)  # type: ignore[arg-type]  # pgtrigger says Model, means its class


def install_triggers(*, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of post_migrate: every append-only table that exists has its triggers, no other table has any."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    present = [model for model in append_only_models() if model._meta.db_table in tables]
    if connection.vendor == "sqlite":
        _drop_sqlite_triggers(connection)
        _create_sqlite_triggers(connection, present)
        return
    for model in present:
        for trigger in POSTGRESQL_TRIGGERS:
            trigger.install(model, database=using)  # type: ignore[arg-type]  # pgtrigger says Model, means its class
    pgtrigger.prune(database=using)


def _create_sqlite_triggers(connection: BaseDatabaseWrapper, present: Iterable[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in present):
            for operation in ("UPDATE", "DELETE"):
                name = f"{SQLITE_PREFIX}{operation.lower()}_{table}"
                cursor.execute(
                    f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" BEGIN '
                    f"SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or deleted'); END"
                )


def _drop_sqlite_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{SQLITE_PREFIX}*"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


@contextmanager
def _lifted(opened: list[type[models.Model]], using: str) -> Iterator[None]:
    """Inside the block, one transaction, this thread may change and delete rows of ``opened``.

    The triggers are off inside the transaction only, and no other connection can use the gap: SQLite has one writer at
    a time, PostgreSQL locks a table whose triggers are switched against other writers until the commit.
    """
    connection = connections[using]
    token = _rewritable.set(_rewritable.get() | set(opened))
    try:
        with transaction.atomic(using=using):
            if connection.vendor == "sqlite":
                _drop_sqlite_triggers(connection)
                others = [model for model in append_only_models() if model not in _rewritable.get()]
                _create_sqlite_triggers(connection, others)
                yield
                install_triggers(using=using)
            else:
                _switch_postgresql_triggers("disable", opened, connection)
                yield
                _switch_postgresql_triggers("enable", opened, connection)
    finally:
        _rewritable.reset(token)


def _switch_postgresql_triggers(how: str, opened: list[type[models.Model]], connection: BaseDatabaseWrapper) -> None:
    """``how`` is "enable" or "disable". PostgreSQL switches none while a row still waits for its deferred checks."""
    connection.check_constraints()
    for model in opened:
        for trigger in POSTGRESQL_TRIGGERS:
            getattr(trigger, how)(model, database=connection.alias)


@contextmanager
def rewrite_history(
    model: type[models.Model], *, reason: str, now: datetime, actor: Any = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """The one way to change or delete rows of ``model``: for what a law or a court orders, never for corrections.

    ``reason`` names the order; it stays in an audit row of the same transaction and in the log. Raises ValueError
    without one. A correction is a new row instead.
    """
    from core.models import AuditEntry  # which is append-only itself

    if not reason.strip():
        raise ValueError("Rows that are written once are only rewritten for a reason that can be shown.")
    with _lifted([model], using):
        AuditEntry.objects.using(using).create(
            at=now,
            actor=actor,
            action="rewrite_history",
            subject_type=model._meta.label_lower,
            changes={"reason": reason.strip()},
        )
        logger.warning("History of %s is rewritten: %s", model._meta.label, reason)
        yield


@contextmanager
def emptying_database(using: str) -> Iterator[None]:
    """For `manage.py flush` alone, which throws every row away, and with which a test database is emptied."""
    logger.warning("Every row of the database %s is thrown away, history included.", using)
    with _lifted(append_only_models(), using):
        yield
