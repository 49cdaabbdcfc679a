"""Changes reach the index; rebuilding and comparing lose nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog.listing.services import withdraw_listing
from households.signals import household_changed
from search.engines import registry
from search.engines.port import SearchUnavailable
from search.engines.tantivy_index import TantivyBuild, TantivyWriter
from search.index import changes, outbox, passes
from search.models import IndexChange, IndexPass
from tests.factories.catalog import listing, set_price
from tests.search.false_servers import stopped_server
from tests.search.listings import everything

TANTIVY = "tantivy"


def shown():
    engine = registry.engine(TANTIVY)
    return {found.title: found.price for found in engine.fetch(engine.search(everything()).candidates)}


def test_a_published_listing_is_found_after_the_commit(cast, acting, indexed, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        listing(acting, now, title="Mật ong hoa rừng")
    assert shown() == {"Chè Tân Cương loại một": 120_000, "Mật ong hoa rừng": 120_000}


def test_a_change_that_is_rolled_back_reaches_no_index(acting, indexed, now):
    with transaction.atomic():
        set_price(acting=acting, listing=indexed, price=1_000, now=now)
        transaction.set_rollback(True)
    assert passes.drain(engine=TANTIVY, now=now) == 0
    assert shown() == {"Chè Tân Cương loại một": 120_000}


def test_a_new_price_and_a_withdrawal_are_shown(acting, indexed, now):
    set_price(acting=acting, listing=indexed, price=99_000, now=now)
    passes.drain(engine=TANTIVY, now=now)
    assert shown() == {"Chè Tân Cương loại một": 99_000}
    indexed.refresh_from_db()
    withdraw_listing(acting=acting, listing=indexed, now=now)
    passes.drain(engine=TANTIVY, now=now)
    assert shown() == {}


def test_a_household_that_closes_takes_its_listings_along(cast, indexed, now):
    cast.household.is_selling = False
    cast.household.save()
    household_changed.send(sender=None, household_id=cast.household.pk)
    passes.drain(engine=TANTIVY, now=now)
    assert shown() == {}


def test_draining_twice_writes_nothing_new(indexed, now):
    changes.record_changes(product_ids=[indexed.pk, indexed.pk], now=now)
    assert passes.drain(engine=TANTIVY, now=now) == 1
    assert passes.drain(engine=TANTIVY, now=now) == 0


def test_changes_wait_while_the_engine_is_away(indexed, now, monkeypatch):
    changes.record_changes(product_ids=[indexed.pk], now=now)
    with monkeypatch.context() as patched:
        patched.setattr(TantivyWriter, "write", _raise_unavailable)
        with pytest.raises(SearchUnavailable):
            passes.drain(engine=TANTIVY, now=now)
    assert outbox.pending(TANTIVY).count() == 1
    assert "away" in IndexPass.objects.latest("pk").problem
    assert passes.drain(engine=TANTIVY, now=now) == 1


def test_a_change_during_a_rebuild_is_in_the_new_index(acting, indexed, now, monkeypatch):
    """The change is drained into the old index just before the switch; the new one must show it all the same."""
    publish = TantivyBuild.publish

    def change_then_publish(build):
        monkeypatch.setattr(TantivyBuild, "publish", publish)
        set_price(acting=acting, listing=indexed, price=77_000, now=now)
        passes.drain(engine=TANTIVY, now=now)
        publish(build)

    monkeypatch.setattr(TantivyBuild, "publish", change_then_publish)
    passes.rebuild(engine=TANTIVY, now=now)
    assert shown() == {"Chè Tân Cương loại một": 77_000}


def test_a_listing_withdrawn_while_the_index_is_built_is_not_in_it(acting, indexed, now, monkeypatch):
    replay = passes._replay

    def withdraw_then_replay(*args: object):
        withdraw_listing(acting=acting, listing=indexed, now=now)
        replay(*args)

    monkeypatch.setattr(passes, "_replay", withdraw_then_replay)
    passes.rebuild(engine=TANTIVY, now=now)
    assert shown() == {}


def test_a_rebuild_that_fails_leaves_the_live_index(indexed, now, monkeypatch):
    monkeypatch.setattr(TantivyBuild, "write_signposts", _raise_unavailable)
    with pytest.raises(SearchUnavailable):
        passes.rebuild(engine=TANTIVY, now=now)
    assert shown() == {"Chè Tân Cương loại một": 120_000}


def test_an_index_equal_to_the_database_has_no_differences(indexed, now):
    assert passes.compare(engine=TANTIVY, now=now) == set()


def test_the_comparison_finds_and_mends_what_differs(acting, indexed, now, capsys):
    honey = listing(acting, now, title="Mật ong")
    IndexChange.objects.all().delete()  # as if its outbox row had been lost
    engine, writer = registry.engine(TANTIVY), registry.writer(TANTIVY)
    tea = engine.fetch(engine.search(everything()).candidates)[0]
    writer.write([replace(tea, price=1), replace(tea, sku="999999", title="Nobody's")])
    with pytest.raises(CommandError, match="differed"):
        call_command("search_compare")
    assert "3 differences" in capsys.readouterr().out
    call_command("search_compare")
    assert shown() == {"Chè Tân Cương loại một": 120_000, honey.title: 120_000}


def test_an_expired_certificate_is_found_by_the_comparison(indexed, now):
    indexed.ocop_certificates.create(
        holder="Trà nhà Hoa", number="12/QĐ", issuing_authority="UBND", stars=4,
        issued_date=now.date() - timedelta(days=10), expiry_date=now.date() + timedelta(days=1), confirmed_at=now,
    )  # fmt: skip
    passes.rebuild(engine=TANTIVY, now=now)
    later = now + timedelta(days=2)
    assert passes.compare(engine=TANTIVY, now=later) == {indexed.pk}
    assert passes.compare(engine=TANTIVY, now=later) == set()


def test_done_changes_are_forgotten_but_waiting_ones_are_kept(indexed, now):
    changes.record_changes(product_ids=[indexed.pk], now=now)
    passes.drain(engine=TANTIVY, now=now)
    changes.record_changes(product_ids=[indexed.pk], now=now)
    outbox.delete_passes(before=now + timedelta(days=1))
    assert list(IndexChange.objects.values_list("done_in", flat=True)) == [None]


def test_reading_for_the_index_takes_the_same_queries_for_more_listings(acting, tea, now, django_assert_num_queries):
    with django_assert_num_queries(10):
        assert len(list(passes.Source(now).listings(version=1))) == 1
    for number in range(4):
        listing(acting, now, title=f"Chè {number}")
    with django_assert_num_queries(10):
        assert len(list(passes.Source(now).listings(version=1))) == 5


def test_categories_and_places_become_signposts(indexed, now):
    signs = {(sign.kind, sign.name): sign.listings for sign in passes.Source(now).signposts()}
    assert signs == {("category", "Chè xanh"): 1, ("province", "Thái Nguyên"): 1, ("commune", "Tân Cương"): 1}


def test_the_commands_say_what_they_did(indexed, now, capsys):
    changes.record_changes(product_ids=[indexed.pk], now=now)
    call_command("search_index")
    call_command("reindex", "--engine", TANTIVY)
    said = capsys.readouterr().out
    assert "1 listings brought up to date" in said
    assert "1 listings indexed" in said


@pytest.mark.parametrize(("command", "done"), [("reindex", "1 listings indexed"), ("search_compare", "0 differences")])
def test_an_engine_that_is_away_keeps_no_other_from_its_turn(indexed, settings, capsys, command, done):
    settings.SEARCH_ENGINES = ("elasticsearch", TANTIVY)
    with stopped_server() as settings.ELASTICSEARCH_URL, pytest.raises(CommandError, match="elasticsearch: "):
        call_command(command)
    assert f"{TANTIVY}: {done}" in capsys.readouterr().out


def _raise_unavailable(*_args: object):
    raise SearchUnavailable("away")
