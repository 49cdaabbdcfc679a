"""A process has made what is dear before its first visitor comes."""

from __future__ import annotations

from unittest import mock

from django.db import OperationalError

from households.places import index
from marketplace import warming
from search.asking import current_lexicon


def test_the_first_visitor_makes_neither_places_nor_words(cast, monkeypatch):
    index.forget_places()
    current_lexicon.forget()
    warming.warm_up()
    for kept in (index._kept, current_lexicon._words, current_lexicon._places):
        monkeypatch.setattr(kept, "_make", mock.Mock(side_effect=AssertionError("made for a visitor")))
    assert "05503" in index.place_index().by_code
    assert current_lexicon.current_lexicon().own_repairer


def test_a_process_starts_while_the_database_is_away(monkeypatch, caplog):
    monkeypatch.setattr(warming, "place_index", mock.Mock(side_effect=OperationalError("no connection")))
    warming.warm_up()
    assert "could not be read" in caplog.text
