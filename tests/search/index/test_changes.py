"""Without a worker, a server that does not answer holds up the indexing thread and no seller."""

from __future__ import annotations

import threading

import pytest

from search.engines import registry
from search.index import changes, outbox
from tests.factories.catalog import set_price
from tests.real_database import own_database
from tests.search.false_servers import false_server
from tests.search.listings import everything


def test_a_call_that_waits_stands_for_later_changes_too():
    begun, go_on, drained = threading.Event(), threading.Event(), []

    def drain(engine):
        begun.set()
        go_on.wait(60)
        drained.append(engine)

    first = changes.drain_in_thread("a", drain)
    assert begun.wait(60)
    second = changes.drain_in_thread("a", drain)  # the first may have read already
    assert changes.drain_in_thread("a", drain) is None  # the second has not
    go_on.set()
    first.result(60), second.result(60)
    assert drained == ["a", "a"]


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    """Real commits, so that what follows a commit follows; left only when the indexing thread is done with it."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
        changes._worker.submit(int).result(timeout=60)


@pytest.mark.concurrency
def test_a_seller_does_not_wait_for_a_server_that_hangs(indexed, acting, settings, now):
    settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
    with false_server("slow") as settings.ELASTICSEARCH_URL:
        set_price(acting=acting, listing=indexed, price=99_000, now=now)
        engine = registry.engine("tantivy")
        assert [found.price for found in engine.fetch(engine.search(everything()).candidates)] == [99_000]
        assert outbox.pending("elasticsearch").count() == 1
