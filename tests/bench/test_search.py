"""The search benchmark runs, bears with slow engines, and says what it found. No figure is held to anything."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from bench.search.measuring import Patience, milliseconds, repeated
from bench.search.steps import Limits, measure
from bench.search.table import as_tables
from tests.architecture.source import ROOT

pytestmark = pytest.mark.bench

SMALL = ["--sizes", "200", "--seconds", "0.1", "--changes", "3"]


def run(*arguments: str):
    command = [sys.executable, "-m", "bench.search", *SMALL, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600).stdout


def figures(path):
    return {row["engine"]: row for row in map(json.loads, path.read_text().splitlines())}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One run at a size at which nothing is slow: what it printed, and the figures by engine."""
    out = tmp_path_factory.mktemp("bench") / "figures.json"
    printed = run("--engines", "tantivy", "stock", "haystack", "--out", str(out))
    return printed, figures(out)


def test_one_run_measures_ours_beside_stock_oscar_and_haystack(small):
    _, found = small
    assert list(found) == ["rows", "tantivy", "stock Oscar", "Haystack, Whoosh"]
    assert all(found[name]["search_p50"] > 0 and found[name]["found"] > 0 for name in list(found)[1:])


def test_changes_of_ours_and_of_haystack_become_visible(small):
    _, found = small
    assert found["tantivy"]["change_p50"] > 0
    assert found["Haystack, Whoosh"]["change_p50"] > 0


def test_the_tables_quote_ratios_beside_each_peer(small):
    printed, _ = small
    assert " cores, " in printed.splitlines()[0]
    assert "| 200 | tantivy | stock Oscar | – |" in printed
    assert "| 200 | tantivy | Haystack, Whoosh |" in printed


class Slow:
    """Takes as long over each listing and each query as it is told to."""

    name, reads_rows, suggest, change = "slow", False, None, None

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def fill(self, size, patience):
        for _listing in patience.through(range(size)):
            time.sleep(self.seconds)

    def search(self, _text):
        time.sleep(self.seconds)
        return 1

    def size_bytes(self):
        return 0

    def server_megabytes(self):
        return None

    def versions(self):
        return {}

    def close(self):
        pass


def test_an_engine_that_takes_too_long_says_how_far_it_came():
    *_, found = measure(Slow(0.02), 1_000, Limits(patience=0.1, bound=1.5, seconds=0))
    assert 0 < found["filled"] < 1_000
    assert found["remarks"][0].startswith("gave up after")
    assert 0 < found["asked"] < 100
    assert found["search_p50"] > 0
    assert "search_p99" not in found
    assert "searches_per_second" in found


def test_an_engine_that_answers_nothing_in_time_still_has_a_row():
    *_, found = measure(Slow(60), 1_000, Limits(patience=0, bound=0.1, seconds=0))
    assert (found["asked"], "search_p50" in found) == (0, False)
    assert found["remarks"][1:] == ["0 queries were answered in 0 s", "too slow to be asked from several threads"]


def test_patience_ends_a_filling_and_counts_what_went_through():
    patience = Patience(0)
    assert list(patience.through([1, 2])) == []
    assert (patience.is_over, patience.count) == (True, 0)
    endless = Patience(60)
    assert list(endless.through([1, 2])) == [1, 2]
    assert (endless.is_over, endless.count) == (False, 2)


def test_a_question_without_an_end_is_given_up():
    asked = repeated(lambda text: time.sleep(60), ["sầu riêng"], seconds=1, bound=0.05)
    assert (asked.seconds, asked.is_cut) == ([], True)
    assert milliseconds("search", asked.seconds) == {}


def test_questions_are_asked_a_hundred_times_and_each_text_is_counted_once():
    asked = repeated(len, ["sầu riêng", "chè"], seconds=0, bound=60)
    assert (len(asked.seconds), asked.found, asked.is_cut) == (100, {"sầu riêng": 9, "chè": 3}, False)


def test_a_tail_is_told_only_of_enough_questions():
    assert milliseconds("search", [0.001] * 3) == {"search_p50": 1.0}
    assert list(milliseconds("search", [0.001] * 20)) == ["search_p50", "search_p95"]
    assert list(milliseconds("search", [0.001] * 100)) == ["search_p50", "search_p95", "search_p99"]


def test_a_peer_that_gave_up_gives_only_a_least_ratio():
    ours = {"engine": "tantivy", "listings": 10, "per_second": 300, "search_p50": 2.0}
    peer = {"engine": "Haystack, Whoosh", "listings": 10, "filled": 4, "per_second": 100, "search_p50": 9.0}
    assert "| 10 | tantivy | Haystack, Whoosh | 3 | at least 4.5 | – | – | – |" in as_tables([ours, peer])
