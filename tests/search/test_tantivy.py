"""What only the embedded engine has: its folder, its one writer, its segments."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from search.engines import tantivy_folder
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from tests.search.shelf import SHELF, everything


@pytest.fixture
def writer(tmp_path):
    writer = TantivyWriter(tmp_path)
    build = writer.start_build()
    build.write(SHELF)
    build.publish()
    return writer


def prices(folder):
    engine = TantivyEngine(folder)
    return {found.sku: found.price for found in engine.fetch(engine.search(everything()).candidates)}


def test_a_change_is_seen_while_segments_are_still_being_merged(writer, tmp_path, monkeypatch):
    go_on, wait = threading.Event(), tantivy_folder._wait_for_merges

    def slowly(tantivy_writer):
        go_on.wait(10)
        wait(tantivy_writer)

    monkeypatch.setattr(tantivy_folder, "_wait_for_merges", slowly)
    writer.write([replace(SHELF[0], version=9, price=77_000)])
    assert prices(tmp_path)[SHELF[0].sku] == 77_000
    go_on.set()
    writer.write([replace(SHELF[0], version=10, price=78_000)])  # waits for its turn
    assert prices(tmp_path)[SHELF[0].sku] == 78_000


def test_many_small_changes_do_not_leave_as_many_segments(writer, tmp_path):
    for version in range(10, 50):
        writer.write([replace(SHELF[0], version=version, price=version)])
    tantivy_folder._merging.submit(int).result(10)
    with TantivyEngine(tmp_path)._searching() as searcher:
        assert searcher.num_segments < 20
    assert prices(tmp_path)[SHELF[0].sku] == 49
