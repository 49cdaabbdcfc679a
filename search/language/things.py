"""Which words name a thing of this market, and how few words of a query still name it.

A Vietnamese name says the kind first: "dừa xiêm gọt sẵn" (peeled) is a dừa xiêm (a coconut). So when the whole query
finds nothing, words may be left out from its end, as long as what is left names a thing. "Bột" (powder) alone names
none, so "bột giặt" (washing powder) is never shortened to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.text import fold, has_marks
from search.language.lexicon import Lexicon
from search.language.query import Concept
from search.language.spelling import word_set
from search.language.vocabulary import Vocabulary
from search.language.wordlists import LEADING_WORDS, OPAQUE_COMPOUNDS

OPENING_WORDS = LEADING_WORDS | word_set(
    "nước bột dầu kem sữa lá đồ thuốc tinh men viên bộ son bóng bàn bánh kẹo hoa cà máy thịt sơn thẻ dây khô mứt tranh"
)
"""Words that begin the names of many things with nothing in common, so that alone they name none of them."""

KIND_WORDS = OPENING_WORDS | word_set("rau gạo cá nấm")
"""Words for a kind, behind which a name may stand that sellers also use alone ("gạo séng cù", "séng cù")."""

MAX_WORDS_LEFT_OUT = 1
"""How many words that the catalogue does not know may be left out when only one syllable is kept."""

_OPAQUE_BY_BARE: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _compound in OPAQUE_COMPOUNDS:
    _OPAQUE_BY_BARE.setdefault(tuple(fold(word) for word in _compound), []).append(_compound)


def is_opaque(run: Sequence[str]) -> bool:
    """Is this run an opaque compound (``wordlists.OPAQUE_COMPOUNDS``), typed with all of its tones, with some of them
    ("ca phê") or with none?"""
    found = _OPAQUE_BY_BARE.get(tuple(fold(word) for word in run), ())
    return any(all(one in (word, fold(word)) for one, word in zip(run, compound, strict=True)) for compound in found)


def is_known_thing(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Is this concept a thing of the market: does a product name or a category begin with one of its forms, is it a
    compound of the catalogue, or a need that goods of the market serve?"""
    if any(not need.is_time for need in concept.needs):
        return True
    if len(concept.typed) == 2 and vocabulary.firmness(*concept.typed):
        return True
    return any(vocabulary.is_head(form.words) for form in concept.forms)


def is_name_without_kind(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Is what follows the word for the kind a head by itself? "Gạo séng cù" is also sold as "Séng cù".

    One syllable is not enough: nấm sò (a mushroom) is no sò (a clam).
    """
    rest = words[1:]
    is_name = len(rest) > 1 and words[0] in KIND_WORDS and not is_opaque(words[:2])
    return is_name and vocabulary.is_head(rest)


def may_stand_for_all(kept: Sequence[Concept], left_out: Sequence[str], lexicon: Lexicon) -> bool:
    """Do the first concepts of a query, ``kept``, name a thing without the words behind them, ``left_out``?"""
    words = [word for concept in kept for word in concept.typed]
    while len(words) > 1 and words[0] in LEADING_WORDS:
        words = words[1:]
    if len(words) > 1:
        is_name = lexicon.vocabulary.is_head(words) or is_opaque(words) or lexicon.synonyms.knows(words)
        return is_name or (len(kept) == 1 and is_known_thing(kept[0], lexicon.vocabulary))
    word = words[0]
    if word in OPENING_WORDS or not is_known_thing(kept[-1], lexicon.vocabulary):
        return False
    # A bare word in a text without any tones may stand for several words, so alone it names no thing.
    is_one_word = has_marks(word) or (lexicon.vocabulary.heads[word] > 0 and any(map(has_marks, left_out)))
    if not is_one_word and not lexicon.synonyms.is_name((word,)):
        return False
    return len(left_out) <= MAX_WORDS_LEFT_OUT or all(lexicon.vocabulary.knows(other) for other in left_out)
