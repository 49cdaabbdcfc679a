"""What is known when a query is read: rules and words from the database, places from ``households``.

Rules are looked at with every search, so that a change is live at once. Words and places change slowly: they are looked
at now and then, and what takes long to make from them is made in a thread while the language at hand goes on serving.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import DatabaseError

from households.places.index import names_in_database
from search.asking.synonym_rules import synonyms_in_force, synonyms_state
from search.index import words
from search.language.lexicon import Lexicon
from search.language.places import Places, meanings
from search.language.repair import Repairer
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary

PLACES_SECONDS = 3600
WORDS_SECONDS = 60
COMPLETING = "completing the lexicon"
"""The name of the thread that makes what takes long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LexiconState:
    """From what state of rules, words and places a language was made."""

    rules: Any
    words: datetime | None
    places: int


class LexiconHolder:
    """The language of this process and what it was made from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lexicon: Lexicon | None = None
        self.sources: LexiconState | None = None

    def current(self) -> Lexicon:
        """The language as it is now. Only the first call of a process waits for all of it, up to a second."""
        sources = _sources()
        with self.lock:
            if self.lexicon is None or self.sources != sources:
                lender = self.lexicon.repairer if self.lexicon else None
                self.lexicon, self.sources = _read(sources, lender), sources
                if lender is None:
                    _made = self.lexicon.own_repairer  # here, so that no engine's patience is spent on it
                else:
                    threading.Thread(target=self._complete, args=(self.lexicon,), name=COMPLETING, daemon=True).start()
            return self.lexicon

    def _complete(self, borrower: Lexicon) -> None:
        """Give the language a repairer of its own."""
        complete = replace(borrower, borrowed_repairer=None)
        _made = complete.own_repairer
        with self.lock:
            if self.lexicon is borrower:
                self.lexicon = complete


def current_lexicon() -> Lexicon:
    return _holder().current()


def warm_up() -> None:
    """Before a process serves its first visitor, so that nobody waits for the reading; a database away is no reason
    not to start."""
    try:
        current_lexicon()
    except DatabaseError:
        log.exception("The words of the search could not be read yet")


def forget() -> None:
    """Read everything anew at the next search: between tests."""
    for kept in (_holder, _places, _words, _learned_at):
        kept.cache_clear()


@lru_cache(maxsize=1)
def _holder() -> LexiconHolder:
    return LexiconHolder()


def _sources() -> LexiconState:
    now = time.monotonic()
    return LexiconState(synonyms_state(), _learned_at(int(now // WORDS_SECONDS)), int(now // PLACES_SECONDS))


def _read(sources: LexiconState, lender: Repairer | None) -> Lexicon:
    vocabulary = _words(sources.words)
    synonyms = SynonymTable(synonyms_in_force(), vocabulary.is_only_reading)
    return Lexicon(synonyms, _places(sources.places), vocabulary, lender)


@lru_cache(maxsize=1)
def _learned_at(_slot: int) -> datetime | None:
    return words.learned_at()


@lru_cache(maxsize=1)
def _words(_learned: datetime | None) -> Vocabulary:
    return words.known_words()


@lru_cache(maxsize=1)
def _places(_slot: int) -> Places:
    return Places(meanings(names_in_database()))
