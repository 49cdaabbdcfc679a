"""The current lexicon of this process: synonyms, needs and vocabulary from the database, places from ``households``.

Every search asks whether a synonym or a need changed, so a change is in force at once. The vocabulary is looked at once
a minute and the places once an hour, and the old ones serve meanwhile (core.kept). The repairer takes up to a second to
make, so a thread makes it, and until then the repairer of the lexicon before serves.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max, Value

from core.kept import Kept
from households.places.index import names_in_database
from search.asking.need_rules import needs_in_force
from search.asking.synonym_rules import synonyms_in_force
from search.index import words
from search.language.lexicon import Lexicon
from search.language.needs import NeedTable
from search.language.places import Places, meanings
from search.language.repair import Repairer
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary
from search.models import NeedRule, SynonymRule

PLACES_SECONDS = 3600
WORDS_SECONDS = 60
COMPLETING = "completing the lexicon"
"""The name of the thread that makes what takes long."""


@dataclass(frozen=True, slots=True)
class LexiconState:
    """From what state of synonyms and needs (the number of rows and the latest change), and from which edition of the
    vocabulary and the places a lexicon was made."""

    rules: tuple[tuple[str, int, datetime | None], ...]
    words: int
    places: int


class LexiconHolder:
    """The lexicon of this process and what it was made from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lexicon: Lexicon | None = None
        self.state: LexiconState | None = None

    def current(self) -> Lexicon:
        """The lexicon as it is now. Only the first call in a process waits for the repairer, up to a second."""
        vocabulary, places = _words.edition(), _places.edition()
        state = LexiconState(_state_of_rules(), vocabulary.number, places.number)
        with self.lock:
            if self.lexicon is None or self.state != state:
                lender = self.lexicon.repairer if self.lexicon else None
                self.lexicon, self.state = _read(vocabulary.value, places.value, lender), state
                if lender is None:
                    _made = self.lexicon.own_repairer  # here, before the time budget of the page begins
                else:
                    threading.Thread(target=self._complete, args=(self.lexicon,), name=COMPLETING, daemon=True).start()
            return self.lexicon

    def _complete(self, borrower: Lexicon) -> None:
        """Replace the lexicon by one with a repairer of its own, unless a newer lexicon has come."""
        complete = replace(borrower, borrowed_repairer=None)
        _made = complete.own_repairer
        with self.lock:
            if self.lexicon is borrower:
                self.lexicon = complete


def current_lexicon() -> Lexicon:
    return _holder().current()


def forget() -> None:
    """Read everything anew at the next search: between tests."""
    _holder.cache_clear()
    _places.forget()
    _words.forget()


@lru_cache(maxsize=1)
def _holder() -> LexiconHolder:
    return LexiconHolder()


def _read(vocabulary: Vocabulary, places: Places, lender: Repairer | None) -> Lexicon:
    synonyms = SynonymTable(synonyms_in_force(), vocabulary.is_only_reading)
    return Lexicon(synonyms, places, vocabulary, lender, NeedTable(needs_in_force()))


def _state_of_rules() -> tuple[tuple[str, int, datetime | None], ...]:
    """The state of both tables in one small query. It changes with every change of a row."""
    synonyms, needs = (
        model.objects.order_by()
        .annotate(table=Value(model.__name__))
        .values("table")
        .annotate(rows=Count("pk"), latest=Max("updated_at"))
        .values_list("table", "rows", "latest")
        for model in (SynonymRule, NeedRule)
    )
    return tuple(sorted(synonyms.union(needs)))


_words = Kept(words.known_words, seconds=WORDS_SECONDS, source=words.learned_at)
_places = Kept(lambda: Places(meanings(names_in_database())), seconds=PLACES_SECONDS)
