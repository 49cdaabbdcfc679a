"""The lexicon: everything that must be known to read a query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from search.language.certificates import all_sayings
from search.language.needs import NeedTable
from search.language.places import Places
from search.language.repair import Repairer
from search.language.synonyms import SynonymTable
from search.language.vocabulary import Vocabulary


@dataclass(frozen=True)
class Lexicon:
    """Synonyms, needs, places and the words of the catalogue in one state.

    ``search.asking.current_lexicon`` makes a new one when one of the four changes.
    """

    synonyms: SynonymTable = field(default_factory=lambda: SynonymTable(()))
    places: Places = field(default_factory=Places)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    borrowed_repairer: Repairer | None = None
    """The repairer of the lexicon before this one. It serves while this one's own is made, which takes up to a
    second."""
    needs: NeedTable = field(default_factory=NeedTable)
    literal_words: frozenset[str] = frozenset()
    """Bare words of one query that are read as they stand and never as a toned word (``analysis.literal_reading``)."""

    @property
    def repairer(self) -> Repairer:
        return self.borrowed_repairer or self.own_repairer

    @cached_property
    def own_repairer(self) -> Repairer:
        phrases = (*self.synonyms.phrases(), *self.needs.phrases(), *self.places.well_known(), *all_sayings())
        return Repairer(self.vocabulary, phrases, self.places.districts())

    def with_literal_words(self, words: frozenset[str]) -> Lexicon:
        """The same lexicon for one query in which these bare words are read as they stand."""
        return replace(self, literal_words=words, borrowed_repairer=self.repairer)

    @cached_property
    def longest_run(self) -> int:
        """The most words that one concept can have."""
        return max(self.synonyms.longest, self.needs.longest, self.places.longest, 3)
