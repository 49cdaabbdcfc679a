"""With the first engine stopped, slow or talking nonsense, results come all the same, and nobody waits for it."""

from __future__ import annotations

import pytest

from search.asking import failover
from search.engines.circuit_breaker import FIRST_REST_SECONDS, MAX_REST_SECONDS, CircuitBreaker, circuit_breaker_of
from search.engines.port import SearchUnavailable
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from search.index import changes, outbox, passes
from search.models import EngineHealth
from tests.search.false_servers import FALSE, false_server, stopped_server
from tests.search.listings import everything


def titles(now):
    def call(engine, _language):
        return engine.name, [found.title for found in engine.fetch(engine.search(everything()).candidates)]

    return failover.ask_engines(call, now)


@pytest.fixture(params=["stopped", *FALSE])
def false_elasticsearch(request, settings):
    server = stopped_server() if request.param == "stopped" else false_server(request.param)
    with server as address:
        settings.ELASTICSEARCH_URL = address
        settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
        yield address


def test_the_embedded_engine_stands_in_and_operators_are_told(false_elasticsearch, tea, now):
    passes.rebuild(engine="tantivy", now=now)
    for _ in range(2):
        assert titles(now) == ("tantivy", [tea.title])
    assert [(h.engine, bool(h.problem)) for h in EngineHealth.objects.filter(is_down=True)] == [("elasticsearch", True)]


def test_without_any_index_the_newest_listings_are_read_from_the_database(settings, tea, now):
    settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
    with stopped_server() as settings.ELASTICSEARCH_URL:
        assert titles(now) == ("plain", [tea.title])
    assert {h.engine for h in EngineHealth.objects.filter(is_down=True)} == {"elasticsearch", "tantivy"}


def test_changes_wait_for_the_engine_and_are_written_when_it_is_back(
    settings, tea, now, monkeypatch, django_capture_on_commit_callbacks
):
    """The real Elasticsearch is played by a second embedded index, so that this runs everywhere."""
    settings.SEARCH_ENGINES = ("tantivy",)
    with monkeypatch.context() as away:
        away.setattr(TantivyEngine, "search", _raise_unavailable)
        away.setattr(TantivyWriter, "write", _raise_unavailable)
        assert titles(now)[0] == "plain"
        with pytest.raises(SearchUnavailable):
            passes.drain(engine="tantivy", now=now)
    passes.rebuild(engine="tantivy", now=now)
    changes.record_changes(product_ids=[tea.pk], now=now)
    circuit_breaker_of("tantivy").closed_again_at = 0  # its rest is over
    with django_capture_on_commit_callbacks(execute=True):
        assert titles(now) == ("tantivy", [tea.title])
    assert outbox.pending("tantivy").count() == 0
    assert not EngineHealth.objects.get(engine="tantivy").is_down


def test_a_failing_engine_rests_ever_longer_and_is_tried_with_one_request_at_a_time():
    now = [0.0]
    circuit = CircuitBreaker(clock=lambda: now[0])
    assert circuit.failed()
    assert not circuit.lets_through()
    now[0] += FIRST_REST_SECONDS
    assert [circuit.lets_through() for _ in range(3)] == [True, False, False]
    assert not circuit.failed()
    now[0] += FIRST_REST_SECONDS
    assert not circuit.lets_through()
    for _ in range(10):
        circuit.failed()
    assert circuit.rest == MAX_REST_SECONDS
    now[0] += MAX_REST_SECONDS
    assert circuit.lets_through()
    assert circuit.succeeded()
    assert not circuit.succeeded()
    assert [circuit.lets_through() for _ in range(3)] == [True, True, True]


def _raise_unavailable(*_args: object):
    raise SearchUnavailable("away")
