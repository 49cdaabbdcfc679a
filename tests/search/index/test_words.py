"""The words of the catalogue are learned from an index and known to every process, whatever happens to the engines."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest

from search.asking import current_lexicon, failover
from search.asking.finding import SearchRequest, find
from search.asking.ranking import Situation
from search.asking.synonym_rules import save_rule
from search.engines.port import SearchUnavailable
from search.index import passes, tasks, words
from search.language.vocabulary import Vocabulary
from search.models import SynonymRule
from tests.factories.catalog import listing


class Telling:
    """Only what words are learned from."""

    name = "telling"

    def __init__(self, *names: str) -> None:
        self.names = names

    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.names)


class Silent(Telling):
    def vocabulary(self) -> Vocabulary:
        raise SearchUnavailable("nobody is there")


def titles_for(text, now):
    def call(engine, lexicon):
        found = find(engine, SearchRequest(text=text, situation=Situation(now)), lexicon)
        return engine.name, [document.title for document in found.listings]

    return failover.ask_engines(call, now)


def test_a_new_index_teaches_its_words(indexed):
    assert "tân_cương" in current_lexicon.current_lexicon().vocabulary.pairs


def test_a_slip_is_mended_while_no_index_answers(indexed, settings, tmp_path, now):
    """As on a web machine that has no index of its own, during an outage."""
    assert titles_for("chè tân cươg", now) == ("tantivy", [indexed.title])
    settings.SEARCH_FOLDER = tmp_path / "nothing here"
    current_lexicon.forget()
    assert titles_for("chè tân cươg", now) == ("plain", [indexed.title])


@pytest.mark.django_db
def test_the_first_engine_that_can_tell_teaches_all(now):
    words.learn_from_any([Silent(), Telling("Mắc khén"), Telling("Hạt dổi")], now)
    assert words.known_words().pairs == Counter({"mắc_khén": 1})
    with pytest.raises(SearchUnavailable, match="nobody"):
        words.learn_from_any([Silent()], now)
    assert words.known_words().pairs == Counter({"mắc_khén": 1})


@pytest.mark.django_db
def test_the_commonest_are_kept_and_equals_go_by_the_alphabet(now, monkeypatch):
    monkeypatch.setitem(words.MAX_KEPT, "words", 2)
    words.learn(Telling("sả tươi", "ớt tươi", "gừng tươi"), now)
    assert list(words.known_words().words.items()) == [("tươi", 3), ("gừng", 1)]


def test_words_are_learned_again_when_listings_were_written_and_some_time_passed(indexed, acting, now):
    later = now + words.LEARN_EVERY
    assert not words.is_learning_due(later)
    listing(acting, now, title="Mắc khén Sơn La")
    passes.drain(engine="tantivy", now=now + timedelta(minutes=1))
    assert not words.is_learning_due(later - timedelta(seconds=1))
    assert words.is_learning_due(later)


def test_the_task_learns_what_was_listed_since(indexed, acting, now, time_machine):
    listing(acting, now, title="Mắc khén Sơn La")
    time_machine.move_to(now + words.LEARN_EVERY)
    passes.drain(engine="tantivy", now=now + timedelta(minutes=1))
    tasks.learn_words()
    current_lexicon.forget()
    assert "mắc_khén" in current_lexicon.current_lexicon().vocabulary.pairs


def test_a_changed_rule_is_live_at_once_and_nobody_waits_for_the_mending(indexed, now):
    before = current_lexicon.current_lexicon()
    save_rule(rule=SynonymRule(said="chè móc câu", means="chè tân cương"), actor=None, now=now)
    lent = current_lexicon.current_lexicon()
    assert lent.synonyms.knows(("chè", "móc", "câu"))
    assert lent.repairer is before.repairer or lent.borrowed_repairer is None
    for thread in threading.enumerate():
        if thread.name == current_lexicon.COMPLETING:
            thread.join()
    assert current_lexicon.current_lexicon().borrowed_repairer is None
    assert current_lexicon.current_lexicon().repairer.knows("móc")
