"""Where the definitions run: DuckDB in this process, or the marketplace's own database. Both run the same SQL."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import duckdb
from django.db import connection

from core.temporary import temporary_folder
from reporting.facts.definitions import STAGES
from reporting.facts.shape import HouseholdFact

BATCH = 5_000
FACT = {
    "household": "TEXT",
    "kind": "TEXT",
    "happened_at": "BIGINT",
    "learned_at": "BIGINT",
    "is_former": "INTEGER",
    "commune_code": "TEXT",
    "team": "TEXT",
    "quantity": "TEXT",
    "value": "BIGINT",
    "ref": "TEXT",
    "taken_back_at": "BIGINT",
    "place_in_source": "BIGINT",
}
COLUMNS: dict[str, dict[str, str]] = {
    "figures_given": FACT,
    "facts_of_day": {"key": "TEXT", "province": "TEXT"} | FACT,
    "figures_places": {
        "is_former": "INTEGER",
        "code": "TEXT",
        "commune": "TEXT",
        "district": "TEXT",
        "province": "TEXT",
    },
    "figures_asked": {
        "starts_at": "BIGINT",
        "ends_at": "BIGINT",
        "window_starts_at": "BIGINT",
        "as_of": "BIGINT",
        "area": "TEXT",
    },
}
assert list(FACT) == list(HouseholdFact._fields)  # noqa: S101 - a fact and its table are one shape
# A fact as closed files hold it, as the table of facts does. Files that were closed before facts said when they were
# taken back have no such column: none of theirs was.
FROM_FILES = """
SELECT household, kind, epoch_us(happened_at), epoch_us(learned_at), CAST(is_former AS INTEGER), commune_code, team,
       COALESCE(CAST(quantity AS VARCHAR), ''), value, ref, COALESCE(epoch_us(taken_back_at), 0), place_in_source
FROM (
    SELECT * FROM read_parquet({paths}, union_by_name = true)
    UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMPTZ) AS taken_back_at WHERE false
) closed
"""


class Engine(Protocol):
    """One set of tables; nothing of it stays afterwards."""

    def load(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Make a table of COLUMNS and fill it."""

    def take_as_facts(self, paths: Sequence[Path]) -> None:
        """Make the facts that the definitions read: those that were given and those of closed files, as they stand."""

    def keep(self, table: str, query: str) -> None:
        """Make a table of what a query gives."""

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement of ours; the rows that it gives, if any."""


class DuckDB:
    """Rows come in through a file of the temporary folder, which DuckDB reads many times faster than single inserts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection, self.folder = connection, folder

    def load(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        path, columns = self.folder / f"{table}.csv", COLUMNS[table]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerows(rows)
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        self.connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', columns = {{{types}}}, header = false, "
            "auto_detect = false, allow_quoted_nulls = false, delim = ',', quote = '\"', escape = '\"', "
            "parallel = false)"
        )
        path.unlink()

    def take_as_facts(self, paths: Sequence[Path]) -> None:
        """A view: each definition reads of the files only the columns and rows that it needs."""
        files = f" UNION ALL {FROM_FILES.format(paths=[*map(str, paths)])}" if paths else ""
        self.connection.execute(f"CREATE TEMPORARY VIEW figures_facts AS SELECT * FROM figures_given{files}")

    def keep(self, table: str, query: str) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {table} AS {query}")

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()


class Database:
    """Temporary tables of the marketplace's database connection, SQLite's or PostgreSQL's."""

    def load(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        columns = COLUMNS[table]
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
            )
        self._insert(table, iter(rows))

    def take_as_facts(self, paths: Sequence[Path]) -> None:
        if paths:
            with duckdb_engine() as reader:
                self._insert("figures_given", iter(reader.execute(FROM_FILES.format(paths=[*map(str, paths)]))))
        self.execute("ALTER TABLE figures_given RENAME TO figures_facts")

    def _insert(self, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * len(COLUMNS[table]))
        with connection.cursor() as cursor:
            while batch := list(islice(rows, BATCH)):
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)

    def keep(self, table: str, query: str) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {table} AS {query}")

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def duckdb_engine() -> Iterator[Engine]:
    with temporary_folder("figures-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "temp_directory": str(folder),
        }
        with duckdb.connect(":memory:", config=settings) as opened:
            yield DuckDB(opened, folder)


@contextmanager
def database_engine() -> Iterator[Engine]:
    """The tables are dropped at the end, the view first: it reads some of them."""
    engine = Database()
    try:
        yield engine
    finally:
        engine.execute("DROP VIEW IF EXISTS figures_known")
        for table in ("figures_facts", *COLUMNS, *STAGES):
            engine.execute(f"DROP TABLE IF EXISTS {table}")


ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    "duckdb": duckdb_engine,
    "database": database_engine,
}
