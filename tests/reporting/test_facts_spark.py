"""Apache Spark gives what DuckDB gives, over a history in a file and over closed days; without it there is a word."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from core.periods import parse_period
from reporting.facts.closing import close_days, closed_and_open
from reporting.facts.definitions import Part
from reporting.facts.figures import Figure, FigureQuestion, compute
from reporting.facts.spark import ENGINES_AND_SPARK
from reporting.models import ClosedDay
from tests.reporting.events import act
from tests.reporting.facts_history import BAD_ROWS, LIFE, TODAY, a_history, run, write
from tests.reporting.facts_reference import figures_by_hand

pytestmark = pytest.mark.django_db
no_spark = pytest.mark.skipif(os.environ.get("RUN_SPARK") != "1", reason="needs Spark and Java: set RUN_SPARK=1")
AS_OF = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.spark
@no_spark
def test_history_is_counted_as_by_hand(tmp_path):
    rows = a_history(Random(7), 25)
    write(tmp_path, rows)
    asked = {"area": "P:75", "period": "2026", "as_of": AS_OF, "on": TODAY, "by": "commune"}
    found = run(tmp_path, engine="spark", **asked)
    assert found == figures_by_hand(rows, asked)
    assert all(value for value, _parts in found.values())


@pytest.mark.spark
@no_spark
@pytest.mark.parametrize("name", ["listing of another", "neither is the last"])
def test_history_that_cannot_be_is_refused(tmp_path, name):
    rows, words = BAD_ROWS[name]
    with pytest.raises(CommandError, match=words):
        run(write(tmp_path, rows), engine="spark")


@pytest.mark.spark
@no_spark
def test_closed_days_are_read_as_duckdb_reads_them(cast, now, settings, tmp_path):
    settings.FACTS_ROOT = tmp_path / "facts"
    act(cast.household, now, known=now + timedelta(days=2))
    close_days(now=now + timedelta(days=3))
    asked = FigureQuestion(
        area="country",
        on=date(2026, 11, 1),
        period=parse_period("2026"),
        as_of=AS_OF,
        by=Part.COMMUNE,
        codes=("active",),
    )

    def figures(name: str) -> list[Figure]:
        with ENGINES_AND_SPARK[name]() as engine:
            return compute(engine, closed_and_open(), asked)

    assert ClosedDay.objects.exists()
    found = figures("spark")
    assert found == figures("duckdb")
    assert {figure.code: figure.value for figure in found}["active"] == 1


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"pyspark": None, "pyspark.sql": None}, "requirements-spark.txt"),
        ({"pyspark": SimpleNamespace(), "pyspark.sql": SimpleNamespace(SparkSession=None)}, "Java runtime"),
    ],
)
def test_what_is_missing_is_named_with_status_2(tmp_path, monkeypatch, modules, words):
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(CommandError, match=words) as caught:
        run(write(tmp_path, LIFE), engine="spark")
    assert caught.value.returncode == 2
    assert not Path(tmp_path, "out.json").exists()
