"""The command that measures the search, and the figures that the search must keep."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SETS = Path(__file__).parent
AIMS = {
    "toned": 0.95,
    "untoned": 0.92,
    "regional": 0.90,
    "slips": 0.85,
    "telex": 0.85,
    "compound": 0.90,
    "attribute": 0.90,
    "place": 0.90,
    "decomposed": 0.95,
    "prefix": 0.85,
    "nothing": 0.95,
}
BELOW_ELASTICSEARCH = 0.05
REACHED = {
    "north": {"toned": 0.94, "untoned": 0.91, "regional": 0.94, "slips": 0.91, "telex": 0.93, "compound": 0.92,
              "place": 0.95, "attribute": 0.80, "prefix": 0.94, "mixed": 0.95, "nothing": 0.95},
    "south": {"toned": 0.67, "untoned": 0.84, "regional": 0.90, "slips": 0.90, "telex": 0.94, "compound": 0.91,
              "place": 0.91, "attribute": 0.80, "prefix": 0.89, "mixed": 0.85, "nothing": 0.95},
    "everyday": {"toned": 0.95, "untoned": 0.95, "regional": 0.92, "slips": 0.94, "telex": 0.95, "compound": 0.92,
                 "place": 0.95, "attribute": 0.93, "prefix": 0.93, "nothing": 0.93},
    "confusable": {"toned": 0.92, "untoned": 0.91, "regional": 0.92, "slips": 0.91, "telex": 0.93, "compound": 0.87,
                   "place": 0.90, "unit": 0.90, "prefix": 0.92, "nothing": 0.90},
    "uncommon": {"toned": 0.93, "untoned": 0.95, "regional": 0.92, "slips": 0.93, "telex": 0.94, "compound": 0.95,
                 "place": 0.95, "unit": 0.93, "prefix": 0.91, "nothing": 0.81},
    "needs": {"need": 0.83, "season": 0.78, "syllable": 0.95, "near": 0.95, "nothing": 0.99},
}  # fmt: skip
"""What the other sets must not fall below: what is in docs/search.md, less the chance of equals."""


def run(folder, engine, capsys, **options: object):
    call_command("search_relevance", folder=folder, engine=engine, **options)
    return dict(map(figure, capsys.readouterr().out.splitlines()))


def figure(line):
    kind, _queries, _count, _name, ndcg, *_rest = line.split()
    return kind, float(ndcg)


@pytest.mark.django_db
def test_the_embedded_engine_keeps_the_aims(capsys, tmp_path):
    reached = run(SETS / "set", "tantivy", capsys, json=tmp_path / "ranked.json")
    assert {kind: ndcg for kind, ndcg in reached.items() if ndcg < AIMS[kind] - BELOW_ELASTICSEARCH} == {}
    ranked = json.loads((tmp_path / "ranked.json").read_text(encoding="utf-8"))["ranked"]
    assert len(ranked["toned-001"]) == len(set(ranked["toned-001"])) > 0


@pytest.mark.parametrize("name", REACHED)
@pytest.mark.django_db
def test_the_other_sets_keep_what_they_reached(name, capsys):
    reached = run(SETS / name, "tantivy", capsys)
    assert reached.keys() == REACHED[name].keys()
    assert {kind: ndcg for kind, ndcg in reached.items() if ndcg < REACHED[name][kind]} == {}


@pytest.mark.elasticsearch
@pytest.mark.django_db
@pytest.mark.skipif(not os.environ.get("ELASTICSEARCH_URL"), reason="needs ELASTICSEARCH_URL")
def test_elasticsearch_keeps_the_aims(capsys, settings):
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    reached = run(SETS / "set", "elasticsearch", capsys)
    assert {kind: ndcg for kind, ndcg in reached.items() if ndcg < AIMS[kind]} == {}


def test_a_folder_that_is_no_set_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"catalogue\.csv"):
        call_command("search_relevance", folder=tmp_path, engine="tantivy")
