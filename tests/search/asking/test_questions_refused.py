"""A question that an engine cannot take costs nobody but whoever asked it."""

from __future__ import annotations

import pytest

from search.asking import failover
from search.engines import health
from search.engines.circuit_breaker import circuit_breaker_of
from search.engines.port import BadQuestion, Question
from search.engines.tantivy_engine import TantivyEngine
from search.language.clauses import MAX_NUMBER, Fact, FactField, FactRange
from search.models import EngineHealth
from tests.search.listings import everything

pytestmark = pytest.mark.usefixtures("_only_tantivy")
UNTAKEABLE = Question(clause=Fact(FactField.PRICE, ("cheap",)))


@pytest.fixture
def _only_tantivy(settings):
    settings.SEARCH_ENGINES = ("tantivy",)


def titles(engine, question):
    return [found.title for found in engine.fetch(engine.search(question).candidates)]


def test_nothing_is_found_the_circuit_stays_closed_and_we_hear_of_it(indexed, now, caplog):
    asked = failover.ask_engines(lambda engine, _language: (engine.name, titles(engine, UNTAKEABLE)), now)
    assert asked == ("empty", [])
    assert not circuit_breaker_of("tantivy").is_open
    assert not EngineHealth.objects.exists()
    assert "cannot take" in caplog.text


def test_the_next_engine_is_asked_what_the_first_cannot_take(settings, indexed, now, monkeypatch):
    settings.SEARCH_ENGINES = ("tantivy", "tantivy")
    search, seen = TantivyEngine.search, []

    def refuse_once(engine, question):
        seen.append(engine.name)
        if len(seen) == 1:
            raise BadQuestion("too many clauses")
        return search(engine, question)

    monkeypatch.setattr(TantivyEngine, "search", refuse_once)
    assert failover.ask_engines(lambda engine, _language: titles(engine, everything()), now) == [indexed.title]


def test_a_broken_disk_is_an_outage_and_no_bad_question(indexed, monkeypatch, now):
    def break_off(*_args: object):
        raise ValueError("An IO error occurred: 'gone'")

    monkeypatch.setattr(TantivyEngine, "_listings", break_off)
    assert (
        failover.ask_engines(lambda engine, _language: (engine.name, titles(engine, everything())), now)[0] == "plain"
    )
    assert circuit_breaker_of("tantivy").is_open


@pytest.mark.django_db
def test_an_engine_that_refuses_the_simplest_question_is_called_down(settings, now, monkeypatch):
    def refuse(*_args: object):
        raise BadQuestion("no such field")

    monkeypatch.setattr(TantivyEngine, "search", refuse)
    assert not health.examine("tantivy", now)


def test_a_price_beyond_all_numbers_breaks_nothing(client, indexed):
    for text in (
        "dưới 99999999999999999999999 đồng",
        "chè trên 99999999999999999999999 đồng",
        "chè 9" + "9" * 40 + " kg",
    ):
        assert client.get("/tim/", {"q": text}).status_code == 200
    assert not circuit_breaker_of("tantivy").is_open


def test_bounds_beyond_the_numbers_of_an_index_become_its_last_number():
    assert FactRange(FactField.PRICE, -(10**30), 10**30) == FactRange(FactField.PRICE, -MAX_NUMBER - 1, MAX_NUMBER)
    assert everything(price_from=10**30, price_to=None).price_from == MAX_NUMBER
