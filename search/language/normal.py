"""One spelling for what is indexed and what is typed.

Both sides go through ``exact_words`` (tones kept) or ``folded_words`` (tones dropped), so an engine compares plain
words and needs no analysis of its own beyond splitting at spaces.
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
    """Lower-case words with settled spelling, tones kept; "5 kg" and "5kí" are both the one word "5000g"."""
    settled = " ".join(map(_settled, nfc(text).split()))
    return list(chain.from_iterable(map(_split, join_measures(settled).split())))


def folded_words(text: str) -> list[str]:
    """The same words without tones and marks."""
    return [fold(word) for word in exact_words(text)]


def exact_text(text: str) -> str:
    """What the exact form of an indexed field holds."""
    return " ".join(exact_words(text))


def folded_text(text: str) -> str:
    """What the folded form of an indexed field holds."""
    return " ".join(folded_words(text))


def exact_heads(name: str) -> tuple[str, ...]:
    """How a product's name begins, as exact words joined by "_": a Vietnamese name says the kind of thing first.

    "Trái sầu riêng Ri6" begins with trái_sầu_riêng and, behind the classifier, with sầu_riêng. A compound that is
    not a kind of its first word is never cut: "Bắp cải" does not begin with bắp.
    """
    words = exact_words(name)
    found: dict[str, None] = {}
    for start in _starts(words):
        for length in range(_shortest(words[start:]), min(MAX_HEAD_WORDS, len(words) - start) + 1):
            found["_".join(words[start : start + length])] = None
    return tuple(found)


def heads(name: str) -> tuple[str, ...]:
    """The same beginnings without tones and marks."""
    return tuple(dict.fromkeys(fold(head) for head in exact_heads(name)))


def said_otherwise(name: str) -> str | None:
    """The name as a nursery says it, where it parts what belongs together: "Cây bưởi da xanh giống" is a cây giống."""
    words = exact_words(name) if "giống" in nfc(name).lower() else []
    if words[2:] and words[0] in ("cây", "hạt", "con") and "giống" in words[2:]:
        return " ".join((words[0], "giống", *(word for word in words[1:] if word != "giống")))
    return None


def is_prepared(words: Sequence[str], *, typed: bool = False) -> bool:
    """Do these words speak of something made from a thing (dried, pickled, pressed, baked), not of the thing?

    In a ``typed`` text the tones may be missing; in a title a bare "tra" is the fish and no trà.
    """
    runs = [tuple(words[at : at + length]) for at in range(len(words)) for length in (1, 2)]
    return any(run in PREPARED or (typed and run in _BARE_PREPARED) for run in runs)


# Spelling is settled and words are split within what stands between two spaces, and the same few thousand of those make
# up all texts: each is read once. Measures alone reach across spaces.
@lru_cache(maxsize=50_000)
def _settled(piece: str) -> str:
    return settle_yi(settle_tones(piece)).lower()


@lru_cache(maxsize=50_000)
def _split(piece: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(piece))


def _starts(words: list[str]) -> list[int]:
    """Where the name may be said to begin: at its first word and behind each leading classifier or measure."""
    starts, at = [0], 0
    while at < len(words) - 1 and (words[at] in LEADING_WORDS or _MEASURE.fullmatch(words[at])):
        at += 1
        if _shortest(words[at - 1 :]) > 1:
            break
        starts.append(at)
    return starts


def _shortest(words: list[str]) -> int:
    for length in (3, 2):
        if tuple(words[:length]) in OPAQUE_COMPOUNDS:
            return length
    return 1
