"""What both engines keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engines.fields import fingerprint, signpost_key
from tests.search.listings import LISTINGS, SIGNPOSTS, everything, listing, skus

TEA = LISTINGS[2]


def title_of(engine, sku):
    found = engine.fetch(engine.search(everything()).candidates)
    return {document.sku: document.title for document in found}.get(sku)


def test_a_write_is_visible_at_once(engine, writer):
    writer.write([listing("NEW", "Cam Cao Phong", version=2)])
    assert title_of(engine, "NEW") == "Cam Cao Phong"


def test_a_write_repeated_changes_nothing(engine, writer):
    for _ in range(2):
        writer.write([replace(TEA, title="Chè búp", version=2)])
    assert title_of(engine, "TRA") == "Chè búp"
    assert engine.search(everything()).total == len(LISTINGS)


def test_a_late_write_never_replaces_a_newer_one(engine, writer):
    writer.write([replace(TEA, title="newer", version=9)])
    writer.write([replace(TEA, title="late", version=8)])
    assert title_of(engine, "TRA") == "newer"


def test_a_removed_listing_is_gone_and_a_late_write_does_not_revive_it(engine, writer):
    writer.remove(["TRA"], version=9)
    writer.write([replace(TEA, version=8)])
    assert title_of(engine, "TRA") is None
    assert engine.search(everything()).total == len(LISTINGS) - 1


def test_a_listing_may_come_back_after_its_removal(engine, writer):
    writer.remove(["TRA"], version=9)
    writer.write([replace(TEA, version=10)])
    assert title_of(engine, "TRA") == TEA.title


def test_a_late_removal_does_not_hide_a_newer_listing(engine, writer):
    writer.write([replace(TEA, version=9)])
    writer.remove(["TRA"], version=8)
    assert title_of(engine, "TRA") == TEA.title


def test_signposts_are_written_into_the_live_index_and_removed_from_it(engine, writer):
    tea, province, commune = SIGNPOSTS
    writer.write_signposts([replace(tea, listings=7, version=2)])
    writer.remove([signpost_key(province)], version=2)
    assert {sign.key: sign.listings for sign in engine.signposts()} == {tea.key: 7, commune.key: commune.listings}
    writer.write_signposts([replace(tea, version=1), replace(province, version=1)])
    assert {sign.key: sign.listings for sign in engine.signposts()} == {tea.key: 7, commune.key: commune.listings}
    assert engine.search(everything()).total == len(LISTINGS)


def test_a_build_is_seen_only_when_published(engine, writer):
    build = writer.start_build()
    build.write([listing("ONLY", "Na Chi Lăng")])
    assert engine.search(everything()).total == len(LISTINGS)
    build.publish()
    assert skus(engine, everything()) == ["ONLY"]


def test_a_build_keeps_the_newest_of_what_is_written_into_it(engine, writer):
    build = writer.start_build()
    build.write([replace(TEA, version=3, title="newer")])
    build.write([replace(TEA, version=2, title="late")])
    build.publish()
    assert title_of(engine, "TRA") == "newer"


def test_a_discarded_build_leaves_the_live_index(engine, writer):
    build = writer.start_build()
    build.write([listing("ONLY", "Na Chi Lăng")])
    build.discard()
    assert engine.search(everything()).total == len(LISTINGS)


def test_builds_follow_one_another(engine, writer):
    for turn in range(4):
        build = writer.start_build()
        build.write([listing(f"TURN-{turn}", "Na", version=turn)])
        build.publish()
        assert skus(engine, everything()) == [f"TURN-{turn}"]


def test_fingerprints_tell_what_is_indexed(engine):
    assert engine.fingerprints() == {document.sku: fingerprint(document) for document in LISTINGS}


@pytest.mark.parametrize("text", ["", "🍵", "a" * 3000, "x\x00y", "<script>"])
def test_odd_titles_are_kept(engine, writer, text):
    writer.write([listing("ODD", text, version=2)])
    assert title_of(engine, "ODD") == text
