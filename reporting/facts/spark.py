"""The definitions on Apache Spark: the same SQL, over Parquet that every executor reads.

Spark is optional: requirements-spark.txt brings it, and it needs a Java runtime. It runs in one process on all cores,
unless PYSPARK_SUBMIT_ARGS names a cluster (``--master local-cluster[2,1,1024] pyspark-shell``), which must read the
folder of temporary files too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.temporary import temporary_folder
from reporting.facts.engines import ENGINES, FACT, Engine, duckdb_engine

# A fact as closed files hold it, as the table of facts does.
FROM_FILES = """
SELECT household, kind, unix_micros(happened_at) AS happened_at, unix_micros(learned_at) AS learned_at,
       CAST(is_former AS INT) AS is_former, commune_code, team, COALESCE(CAST(quantity AS STRING), '') AS quantity,
       value, ref, COALESCE(unix_micros(taken_back_at), 0) AS taken_back_at, place_in_source
FROM figures_files
"""


class EngineMissing(RuntimeError):
    """The engine is not installed; the message says what to install."""


class Spark:
    """Temporary views of one session. Rows come in as Parquet, which DuckDB writes and every executor reads."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.session, self.folder = session, folder

    def load(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        path = self.folder / f"{table}.parquet"
        with duckdb_engine() as writer:
            writer.load(table, rows)
            writer.execute(f"COPY {table} TO '{path}' (FORMAT parquet)")
        self.session.read.parquet(path.as_uri()).createOrReplaceTempView(table)

    def take_as_facts(self, paths: Sequence[Path]) -> None:
        facts = self.session.table("figures_given").select(*FACT)
        if paths:
            reader = self.session.read.option("mergeSchema", "true")
            files = reader.parquet(*(path.resolve().as_uri() for path in paths))
            if "taken_back_at" not in files.columns:  # all were closed before facts said it
                files = files.selectExpr("*", "CAST(NULL AS TIMESTAMP) AS taken_back_at")
            files.createOrReplaceTempView("figures_files")
            facts = facts.union(self.session.sql(FROM_FILES))
        facts.createOrReplaceTempView("figures_facts")

    def keep(self, table: str, query: str) -> None:
        self.session.sql(query).persist().createOrReplaceTempView(table)

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(sql).collect()]


@contextmanager
def spark_engine() -> Iterator[Engine]:
    """Raises EngineMissing without Spark or without Java."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineMissing("Spark is not installed: pip install -r requirements-spark.txt brings it.") from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EngineMissing("Spark needs a Java runtime of version 17 or later: install one, or set JAVA_HOME.")
    with temporary_folder("figures-") as folder:
        builder = SparkSession.builder.appName("figures")
        if "PYSPARK_SUBMIT_ARGS" not in os.environ:
            builder = builder.master("local[*]").config("spark.driver.host", "127.0.0.1")
        settings = {
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
            "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
            "spark.local.dir": str(folder),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
        }
        session = builder.config(map=settings).getOrCreate()
        try:
            yield Spark(session, Path(folder))
        finally:
            session.stop()


ENGINES_AND_SPARK = ENGINES | {"spark": spark_engine}
