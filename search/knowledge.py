"""What is known when a query is read: rules from the database, places from ``households``, words from the index.

Rules are looked at with every search, so that a change is live at once. Places and the vocabulary change slowly and are
kept for a while; the vocabulary is read from the embedded engine where one stands by, because that is quick.
"""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import Any

from search import places, registry
from search.language.analysis import Language
from search.language.places import Places
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary
from search.port import SearchEngine, SearchUnavailable
from search.synonym_rules import rules_in_force, state_of_rules

PLACES_SECONDS = 3600
VOCABULARY_SECONDS = 600
EMBEDDED = "tantivy"

log = logging.getLogger(__name__)


def language_of(engine: SearchEngine) -> Language:
    """The language as it is now, for queries to this engine.

    When no index can tell its words, queries are read without them: nothing is mended then, which beats no answer.
    """
    same_engine: Any = engine  # a protocol says nothing of hashing; an engine stands for itself
    state = state_of_rules()
    try:
        return _language(same_engine, int(time.monotonic() // VOCABULARY_SECONDS), state)
    except SearchUnavailable as error:
        log.warning("The words of the index cannot be read: %s", error)
        return _wordless(state)


def forget() -> None:
    """Read everything anew at the next search: after a rebuild, between tests."""
    for kept in (_language, _wordless, _places):
        kept.cache_clear()


@lru_cache(maxsize=4)
def _language(engine: Any, _slot: int, _state: Any) -> Language:
    return _reading(_vocabulary(engine))


@lru_cache(maxsize=1)
def _wordless(_state: Any) -> Language:
    return _reading(Vocabulary())


def _reading(vocabulary: Vocabulary) -> Language:
    names = _places(int(time.monotonic() // PLACES_SECONDS))
    return Language(SynonymTable(rules_in_force(), vocabulary.is_only_reading), names, vocabulary)


@lru_cache(maxsize=1)
def _places(_slot: int) -> Places:
    return Places(places.names_in_database().meanings())


def _vocabulary(engine: SearchEngine) -> Vocabulary:
    embedded = next((standby for standby in registry.engines() if standby.name == EMBEDDED), None)
    if embedded is None or embedded is engine:
        return engine.vocabulary()
    try:
        return embedded.vocabulary()
    except SearchUnavailable:
        return engine.vocabulary()
