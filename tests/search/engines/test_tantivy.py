"""What only the embedded engine has: its folder, its one writer, its segments."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import tantivy

from search import checks
from search.engines import tantivy_folder
from search.engines.port import SearchUnavailable
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from tests.search.listings import LISTINGS, everything


@pytest.fixture
def writer(tmp_path):
    writer = TantivyWriter(tmp_path)
    build = writer.start_build()
    build.write(LISTINGS)
    build.publish()
    return writer


def prices(folder):
    engine = TantivyEngine(folder)
    return {found.sku: found.price for found in engine.fetch(engine.search(everything()).candidates)}


def test_a_change_is_seen_while_segments_are_still_being_merged(writer, tmp_path, monkeypatch):
    go_on, wait = threading.Event(), tantivy_folder._finish

    def slowly(tantivy_writer, held):
        go_on.wait(60)
        wait(tantivy_writer, held)

    monkeypatch.setattr(tantivy_folder, "_finish", slowly)
    writer.write([replace(LISTINGS[0], version=9, price=77_000)])
    assert prices(tmp_path)[LISTINGS[0].sku] == 77_000
    go_on.set()
    writer.write([replace(LISTINGS[0], version=10, price=78_000)])  # waits for its turn
    assert prices(tmp_path)[LISTINGS[0].sku] == 78_000


def test_many_small_changes_do_not_leave_as_many_segments(writer, tmp_path):
    for version in range(10, 50):
        writer.write([replace(LISTINGS[0], version=version, price=version)])
    tantivy_folder._merging.submit(int).result(60)
    with TantivyEngine(tmp_path)._searching() as searcher:
        assert searcher.num_segments < 20
    assert prices(tmp_path)[LISTINGS[0].sku] == 49


def test_nothing_is_left_of_merged_segments_when_several_write_at_once(writer, tmp_path):
    def write(version):
        writer.write([replace(LISTINGS[version % len(LISTINGS)], version=version)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(10, 50)))
    tantivy_folder._merging.submit(int).result(60)
    writer.write([replace(LISTINGS[0], version=100)])
    tantivy_folder._merging.submit(int).result(60)
    live = writer.folder.live()
    segments = json.loads((live / "meta.json").read_text())["segments"]
    assert len(list(live.glob("*.store"))) == len(segments)


def test_who_waits_too_long_for_the_other_writer_says_so(writer, monkeypatch):
    monkeypatch.setattr(tantivy_folder, "LOCK_TIMEOUT_SECONDS", 0.05)
    with (
        tantivy_folder.writing(writer.folder, writer.folder.live()),
        pytest.raises(SearchUnavailable, match="another process"),
    ):
        writer.write([LISTINGS[0]])


def test_an_index_of_another_make_is_unavailable_until_it_is_built_anew(writer, tmp_path, settings):
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("key")
    other = tmp_path / "index-1"
    other.mkdir()
    tantivy.Index(schema.build(), path=str(other)).writer().commit()
    writer.folder.publish(other)
    with pytest.raises(SearchUnavailable, match="cannot be read"):
        prices(tmp_path)
    with pytest.raises(SearchUnavailable, match="cannot be read"):
        writer.write([LISTINGS[0]])
    settings.SEARCH_FOLDER = tmp_path
    assert [warning.id for warning in checks.live_index_fits()] == ["search.W001"]
    build = writer.start_build()
    build.write(LISTINGS)
    build.publish()
    assert checks.live_index_fits() == []
    assert prices(tmp_path)[LISTINGS[0].sku] == LISTINGS[0].price
