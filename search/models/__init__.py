"""What the search keeps in the database. Imports ``language`` for the values of a synonym and of a need."""

from search.models.alert import SavedSearch
from search.models.index import EngineHealth, IndexChange, IndexPass, PassKind
from search.models.need import NeedRule
from search.models.synonym import SynonymRule
from search.models.words import WordCounts

__all__ = [
    "EngineHealth",
    "IndexChange",
    "IndexPass",
    "NeedRule",
    "PassKind",
    "SavedSearch",
    "SynonymRule",
    "WordCounts",
]
