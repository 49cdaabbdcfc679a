"""Categories and places are suggested as soon as something of theirs is on sale, with about the right numbers."""

from __future__ import annotations

from datetime import timedelta

from catalog.listing.services import withdraw_listing
from search.engines import registry
from search.engines.tantivy_index import TantivyWriter
from search.index import changes, passes, signposts
from search.models import IndexPass
from tests.factories.catalog import listing

TANTIVY = "tantivy"


def known():
    return {sign.name: sign.listings for sign in registry.engine(TANTIVY).signposts()}


def drained(now, *products: object):
    changes.record_changes(product_ids=[product.pk for product in products], now=now)
    passes.drain(engine=TANTIVY, now=now)


def test_what_is_sold_first_after_the_index_was_built_is_suggested(acting, db, now):
    passes.rebuild(engine=TANTIVY, now=now)
    assert known() == {}
    drained(now + signposts.MISSING_EVERY, listing(acting, now))
    assert known() == {"Chè xanh": 1, "Thái Nguyên": 1, "Tân Cương": 1}


def test_numbers_follow_within_minutes_and_not_with_every_listing(acting, indexed, now, monkeypatch):
    drained(now, indexed)
    follow, looks = signposts.follow, []
    monkeypatch.setattr(signposts, "follow", lambda *args, **options: looks.append(1) or follow(*args, **options))
    for number in range(3):
        drained(now, listing(acting, now, title=f"Chè {number}"))
    assert (known()["Tân Cương"], looks) == (1, [])
    drained(now + signposts.COUNTED_EVERY, indexed)
    assert looks == []  # a buyer's order drains, and does not wait for this
    passes.count_signposts(engine=TANTIVY, now=now + signposts.COUNTED_EVERY)
    assert (known()["Tân Cương"], looks) == (4, [1])
    passes.count_signposts(engine=TANTIVY, now=now + 2 * signposts.COUNTED_EVERY - timedelta(seconds=1))
    assert looks == [1]


def test_a_place_where_nothing_is_sold_any_more_is_suggested_no_longer(acting, indexed, now):
    drained(now, indexed)
    withdraw_listing(acting=acting, listing=indexed, now=now)
    drained(now, indexed)
    passes.count_signposts(engine=TANTIVY, now=now + signposts.COUNTED_EVERY)
    assert known() == {}


def test_the_minutes_task_counts_what_another_process_has_drained(acting, indexed, now, monkeypatch):
    drained(now, indexed)
    with monkeypatch.context() as other_process:
        other_process.setattr(signposts, "note", lambda writer, documents: None)
        drained(now + timedelta(seconds=1), listing(acting, now, title="Chè nõn"))
    assert known()["Tân Cương"] == 1
    passes.count_signposts(engine=TANTIVY, now=now + signposts.COUNTED_EVERY)
    assert known()["Tân Cương"] == 2


def test_the_comparison_writes_signposts_anew_and_finds_no_difference(acting, indexed, now):
    registry.writer(TANTIVY).remove(
        [f"category:{indexed.categories.get().pk}"], version=IndexPass.objects.latest("pk").pk
    )
    assert "Chè xanh" not in known()
    assert passes.compare(engine=TANTIVY, now=now + timedelta(hours=1)) == set()
    assert known()["Chè xanh"] == 1


def test_signposts_that_cannot_be_brought_to_follow_are_differences(acting, indexed, now, monkeypatch):
    drained(now, indexed)
    listing(acting, now, title="Chè nõn")
    monkeypatch.setattr(TantivyWriter, "write_signposts", lambda *_args: 0)
    found = passes.compare(engine=TANTIVY, now=now)
    assert {key.split(":")[0] for key in found} == {"category", "province", "commune"}
