"""The settled spelling: one spelling for what is indexed and what is typed.

Both go through ``exact_words`` (tones kept) or ``folded_words`` (tones dropped). So an engine compares whole words, and
needs no text analysis of its own but splitting at spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from core.text import fold, nfc, settle_tones, settle_yi
from search.language.measures import join_measures
from search.language.wordlists import LEADING_WORDS, OPAQUE_COMPOUNDS, PREPARED

MAX_HEAD_WORDS = 5
_WORD = re.compile(r"\d+(?:[.,]\d+)*[^\W\d_]*|[^\W_]+")
_BARE_PREPARED = frozenset(tuple(fold(word) for word in run) for run in PREPARED)
_MEASURE = re.compile(r"\d[\d.,]*[a-z]*")


def exact_words(text: str) -> list[str]:
    """The words of a text in lower case and settled spelling, tones kept; "5 kg" and "5kí" become the word "5000g"."""
    settled = " ".join(map(_settled, nfc(text).split()))
    return list(chain.from_iterable(map(_split, join_measures(settled).split())))


def folded_words(text: str) -> list[str]:
    """The words of ``exact_words`` without tones and marks: "sữa" becomes "sua"."""
    return [fold(word) for word in exact_words(text)]


def exact_text(text: str) -> str:
    """The text of an index field of form EXACT (``clauses.TextForm``)."""
    return " ".join(exact_words(text))


def folded_text(text: str) -> str:
    """The text of an index field of form FOLDED."""
    return " ".join(folded_words(text))


def exact_heads(name: str) -> tuple[str, ...]:
    """The heads of a product's name: each run of words that it begins with, tones kept, joined by "_".

    A Vietnamese name says the kind of thing first, so its head tells what it is. "Trái sầu riêng Ri6" has the heads
    trái, trái_sầu_riêng and, because trái is only a classifier, also sầu_riêng. An opaque compound is never cut: "Bắp
    cải" (cabbage) has no head bắp (maize).
    """
    words = exact_words(name)
    found: dict[str, None] = {}
    for start in _starts(words):
        for length in range(_shortest(words[start:]), min(MAX_HEAD_WORDS, len(words) - start) + 1):
            found["_".join(words[start : start + length])] = None
    return tuple(found)


def from_each_start(name: str) -> tuple[str, ...]:
    """The name from each place where a head may begin: "thịt lợn" and, because thịt is only a classifier, "lợn"."""
    words = exact_words(name)
    return tuple(" ".join(words[start:]) for start in _starts(words)) if words else ()


def heads(name: str) -> tuple[str, ...]:
    """The heads of a name without tones and marks."""
    return tuple(dict.fromkeys(fold(head) for head in exact_heads(name)))


def said_otherwise(name: str) -> str | None:
    """The same name of a seedling with "giống" right behind its first word, or None where that changes nothing.

    Sellers write "Cây bưởi da xanh giống" and buyers look for "cây giống bưởi", so both orders are indexed.
    """
    words = exact_words(name) if "giống" in nfc(name).lower() else []
    if words[2:] and words[0] in ("cây", "hạt", "con") and "giống" in words[2:]:
        return " ".join((words[0], "giống", *(word for word in words[1:] if word != "giống")))
    return None


def is_prepared(words: Sequence[str], *, typed: bool = False) -> bool:
    """Do these words name something made from a thing (dried, pickled, pressed, baked) and not the thing as harvested?

    In a ``typed`` text the tones may be missing, so "tra" may mean trà (tea). In a title it may not: there a bare "tra"
    is the fish.
    """
    runs = [tuple(words[at : at + length]) for at in range(len(words)) for length in (1, 2)]
    return any(run in PREPARED or (typed and run in _BARE_PREPARED) for run in runs)


# A piece is what stands between two spaces. The same few thousand pieces make up all texts, so each is settled and
# split once and then remembered. Only measures ("5 kg") span a space; ``exact_words`` joins them in between.
@lru_cache(maxsize=50_000)
def _settled(piece: str) -> str:
    return settle_yi(settle_tones(piece)).lower()


@lru_cache(maxsize=50_000)
def _split(piece: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(piece))


def _starts(words: list[str]) -> list[int]:
    """Where a head may begin: at the first word, and behind each classifier or measure that stands in front."""
    starts, at = [0], 0
    while at < len(words) - 1 and (words[at] in LEADING_WORDS or _MEASURE.fullmatch(words[at])):
        at += 1
        if _shortest(words[at - 1 :]) > 1:
            break
        starts.append(at)
    return starts


def _shortest(words: list[str]) -> int:
    """How many words the shortest head from here has: all of an opaque compound, otherwise one."""
    for length in (3, 2):
        if tuple(words[:length]) in OPAQUE_COMPOUNDS:
            return length
    return 1
