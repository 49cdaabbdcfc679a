"""The sets are what their sources and rules say."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from search.relevance.folder import read_set
from tests.search.relevance.tools.build import build
from tests.search.relevance.tools.grading import meanings

SETS = Path(__file__).parent
SOURCES = ("products.txt", "queries.txt", "corrections.csv")


@pytest.mark.parametrize("name", ["set", "heldout"])
def test_the_files_are_written_from_their_sources(name, tmp_path):
    for source in SOURCES:
        if (SETS / name / source).exists():
            shutil.copy(SETS / name / source, tmp_path)
    build(tmp_path)
    for written in ("catalogue.csv", "queries.csv", "judgements.csv"):
        assert (tmp_path / written).read_text("utf-8") == (SETS / name / written).read_text("utf-8"), written


def test_the_set_is_large_enough():
    judged = read_set(SETS / "set")
    assert len(judged.catalogue) >= 400
    assert {kind: count for kind, count in Counter(q.kind for q in judged.queries).items() if count < 40} == {}


def test_every_query_but_those_for_nothing_has_a_perfect_answer():
    judged = read_set(SETS / "set")
    lacking = [q.query for q in judged.queries if q.kind != "nothing" and 3 not in judged.grades[q.query_id].values()]
    assert lacking == []


def test_the_sets_share_no_listing():
    names = [{row["name"] for row in _catalogue(name)} for name in ("set", "heldout")]
    assert names[0] & names[1] == set()


def test_a_selector_is_read_with_all_its_parts():
    first, second = meanings("thịt trâu/gác bếp @Sơn La #500 <300; 1=thịt bò")
    assert (first.thing, first.variety, first.place, first.grams, first.below) == (
        "thịt trâu",
        "gác bếp",
        "Sơn La",
        500,
        300,
    )
    assert (second.thing, second.grade) == ("thịt bò", 1)


def _catalogue(name):
    with (SETS / name / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
