"""A start builds the indices it can, says which it cannot, and serves all the same, and waits for none."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from marketplace import set_up
from marketplace.management.commands import start
from search.engines.port import SearchUnavailable
from search.index import building, passes
from tests.search.false_servers import FALSE, PRODUCT, false_server, stopped_server

GREETING = {"headers_sent": PRODUCT, "body": b'{"version": {"number": "8.19.0"}, "tagline": "You Know, for Search"}'}


@pytest.fixture
def two_engines(settings):
    settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
    return settings


def begin(monkeypatch) -> str:
    """`manage.py start` with its search step alone; what it said."""
    monkeypatch.setattr(start, "STEPS", [step for step in set_up.STEPS if step.label == "Search index"])
    monkeypatch.setattr(start, "DEMO", set_up.Step("Demo province", lambda: False, pytest.fail))
    out = io.StringIO()
    call_command("start", stdout=out, stderr=out, no_color=True)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["stopped", *FALSE])
def test_an_elasticsearch_that_is_none_is_named_and_the_rest_is_built_and_served(
    db,
    cast,
    now,
    two_engines,
    monkeypatch,
    served,
    kind,
):
    monkeypatch.setattr(building, "GREETING_SECONDS", 0.2)
    server = stopped_server() if kind == "stopped" else false_server(kind)
    with server as two_engines.ELASTICSEARCH_URL:
        said = begin(monkeypatch)
        again = begin(monkeypatch)
    assert len(served) == 2
    assert "tantivy: 0 listings indexed" in said
    assert "Warning: elasticsearch gets no index" in said
    assert "Warning: elasticsearch gets no index" in again
    assert "tantivy" not in again


def test_an_engine_that_went_away_while_it_was_built_is_named_too(two_engines, db, monkeypatch):
    def away(*, engine, now):
        raise SearchUnavailable("gone again") if engine == "elasticsearch" else AssertionError(engine)

    monkeypatch.setattr(building, "rebuild", away)
    out = io.StringIO()
    with false_server("empty", **GREETING) as two_engines.ELASTICSEARCH_URL:
        set_up.build_index(out, ["elasticsearch"])
    assert "elasticsearch gets no index: gone again" in out.getvalue()
    assert "manage.py reindex --engine elasticsearch" in out.getvalue()


def test_a_healthy_engine_without_an_index_gets_one_and_the_others_are_left_alone(two_engines, cast, now, monkeypatch):
    passes.rebuild(engine="tantivy", now=now)
    built = []
    monkeypatch.setattr(building, "rebuild", lambda *, engine, now: built.append(engine) or 7)
    with false_server("empty", **GREETING) as two_engines.ELASTICSEARCH_URL:
        assert building.engines_without_index() == ["elasticsearch"]
        out = io.StringIO()
        next(step for step in set_up.STEPS if step.label == "Search index").take(out)
    assert built == ["elasticsearch"]
    assert out.getvalue() == "  elasticsearch: 7 listings indexed\n"


def test_a_healthy_engine_with_its_index_lacks_nothing(cast, now):
    assert building.engines_without_index() == ["tantivy"]
    passes.rebuild(engine="tantivy", now=now)
    assert building.engines_without_index() == []
