"""What counts as a thing of this market, and how little of a text still names it.

A Vietnamese name says the kind first: "dừa xiêm gọt sẵn" is a dừa xiêm. What follows may be left out when the whole
finds nothing, down to a name that stands for itself. "Bột giặt" never does for "bột": some words only open a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.text import fold, has_marks
from search.language.lexicon import Lexicon
from search.language.query import Concept
from search.language.spelling import word_set
from search.language.vocabulary import Vocabulary
from search.language.wordlists import LEADING_WORDS, OPAQUE_COMPOUNDS

# They open the names of many things that have nothing in common, in a market and outside of it.
OPENING_WORDS = LEADING_WORDS | word_set(
    "nước bột dầu kem sữa lá đồ thuốc tinh men viên bộ son bóng bàn bánh kẹo hoa cà máy thịt sơn thẻ dây khô mứt tranh"
)

KIND_WORDS = OPENING_WORDS | word_set("rau gạo cá nấm")
"""What follows them may be a name of its own."""

MAX_WORDS_LEFT_OUT = 1
"""Behind a name of one syllable, unless the market knows the words that are left out. One that was typed without tones,
in a text without any, may be any of several words and never stands alone."""

_OPAQUE_BY_BARE: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _compound in OPAQUE_COMPOUNDS:
    _OPAQUE_BY_BARE.setdefault(tuple(fold(word) for word in _compound), []).append(_compound)


def is_opaque(run: Sequence[str]) -> bool:
    """A fixed compound, typed with its tones or without some of them ("trái cay", "ca phê")."""
    found = _OPAQUE_BY_BARE.get(tuple(fold(word) for word in run), ())
    return any(all(one in (word, fold(word)) for one, word in zip(run, compound, strict=True)) for compound in found)


def is_known_thing(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Does any name or category of the market begin with this, under any of its names, or keep these words together?"""
    if len(concept.typed) == 2 and vocabulary.firmness(*concept.typed):
        return True
    return any(vocabulary.is_head(form.words) for form in concept.forms)


def is_name_without_kind(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Do names of the market begin with what follows a word for the kind? "Gạo séng cù" is also sold as "Séng cù". One
    syllable proves nothing: nấm sò is no sò."""
    rest = words[1:]
    is_name = len(rest) > 1 and words[0] in KIND_WORDS and not is_opaque(words[:2])
    return is_name and vocabulary.is_head(rest)


def may_stand_for_all(kept: Sequence[Concept], left_out: Sequence[str], lexicon: Lexicon) -> bool:
    """May the first concepts of a query stand for the whole?"""
    words = [word for concept in kept for word in concept.typed]
    while len(words) > 1 and words[0] in LEADING_WORDS:
        words = words[1:]
    if len(words) > 1:
        return _is_name(words, kept, lexicon)
    word = words[0]
    if word in OPENING_WORDS or not is_known_thing(kept[-1], lexicon.vocabulary):
        return False
    if not (lexicon.synonyms.is_name((word,)) or _is_meant(word, left_out, lexicon.vocabulary)):
        return False
    return len(left_out) <= MAX_WORDS_LEFT_OUT or all(lexicon.vocabulary.knows(other) for other in left_out)


def _is_name(words: Sequence[str], kept: Sequence[Concept], lexicon: Lexicon) -> bool:
    """Names of the market begin so; or the rules know the name, or the one concept that is left."""
    if lexicon.vocabulary.is_head(words) or is_opaque(words) or lexicon.synonyms.knows(words):
        return True
    return len(kept) == 1 and is_known_thing(kept[0], lexicon.vocabulary)


def _is_meant(word: str, others: Sequence[str], vocabulary: Vocabulary) -> bool:
    """With its tones as they stand: marked itself, or bare among words with marks and so said at a name's beginning."""
    return has_marks(word) or (vocabulary.heads[word] > 0 and any(map(has_marks, others)))
