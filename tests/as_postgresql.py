"""What PostgreSQL refuses and SQLite takes, refused on SQLite too: a test without a server meets the same errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DataError, connection, models
from django.db.models.signals import pre_save


@contextmanager
def as_strict_as_postgresql() -> Iterator[None]:
    """Inside, a NUL in a parameter, a text longer than its column and a number beyond it raise as psycopg would."""
    pre_save.connect(_check_row)
    try:
        with connection.execute_wrapper(_check_parameters):
            yield
    finally:
        pre_save.disconnect(_check_row)


def _check_parameters(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    for value in _texts(params):
        if "\x00" in value:
            raise ValueError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        value.encode()  # a lone surrogate has no bytes
    return execute(sql, params, many, context)


def _texts(params: Any) -> Iterable[str]:
    if isinstance(params, str):
        yield params
    elif isinstance(params, list | tuple):
        for one in params:
            yield from _texts(one)


def _check_row(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    for column in sender._meta.concrete_fields:
        value = getattr(instance, column.attname)
        if isinstance(column, models.CharField) and isinstance(value, str):
            if column.max_length is not None and len(value) > column.max_length:
                raise DataError(f"value too long for type character varying({column.max_length}): {column}")
        elif isinstance(column, models.IntegerField) and isinstance(value, int):
            least, most = RANGES[column.get_internal_type()]
            if not least <= value <= most:
                raise DataError(f"{value} out of range: {column}")


RANGES = {
    **dict.fromkeys(("IntegerField", "AutoField"), (-(2**31), 2**31 - 1)),
    **dict.fromkeys(("SmallIntegerField", "SmallAutoField"), (-(2**15), 2**15 - 1)),
    **dict.fromkeys(("BigIntegerField", "BigAutoField"), (-(2**63), 2**63 - 1)),
    "PositiveIntegerField": (0, 2**31 - 1),
    "PositiveSmallIntegerField": (0, 2**15 - 1),
    "PositiveBigIntegerField": (0, 2**63 - 1),
}
