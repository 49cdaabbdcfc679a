"""What is known when a query is read: rules from the database, places from ``households``, words from the index.

Rules are looked at with every search, so that a change is live at once. Places and the vocabulary change slowly and are
kept for a while.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from search import places
from search.language.analysis import Language
from search.language.places import Places
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary
from search.port import SearchEngine
from search.synonym_rules import rules_in_force, state_of_rules

PLACES_SECONDS = 3600
VOCABULARY_SECONDS = 300


def language_of(engine: SearchEngine) -> Language:
    """The language as it is now, for queries to this engine."""
    same_engine: Any = engine  # a protocol says nothing of hashing; an engine stands for itself
    return _language(same_engine, int(time.monotonic() // VOCABULARY_SECONDS), state_of_rules())


def forget() -> None:
    """Read everything anew at the next search: after a rebuild, between tests."""
    for kept in (_language, _places, _vocabulary):
        kept.cache_clear()


@lru_cache(maxsize=4)
def _language(engine: Any, slot: int, _state: Any) -> Language:
    vocabulary = _vocabulary(engine, slot)
    names = _places(int(time.monotonic() // PLACES_SECONDS))
    return Language(SynonymTable(rules_in_force(), vocabulary.is_only_reading), names, vocabulary)


@lru_cache(maxsize=1)
def _places(_slot: int) -> Places:
    return Places(places.names_in_database().meanings())


@lru_cache(maxsize=4)
def _vocabulary(engine: Any, _slot: int) -> Vocabulary:
    words: Vocabulary = engine.vocabulary()
    return words
