"""Certificates in a query: "vietgap", "rau hữu cơ" (organic), "đạt chuẩn global gap".

The kinds are the values of ``catalog.certificates.quality.QualityKind``, written out because this room imports no
models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from core.text import fold
from search.language.normal import exact_words
from search.language.spelling import phrase_set

Words = tuple[str, ...]

SAID = {
    "vietgap": ("vietgap", "viet gap", "việt gap"),
    "globalgap": ("globalgap", "global gap", "globalg a p"),
    "organic": ("hữu cơ", "organic"),
    "geographical_indication": ("chỉ dẫn địa lý",),
    "haccp": ("haccp",),
    "iso_22000": ("iso 22000", "iso22000"),
    "food_safety": ("vệ sinh an toàn thực phẩm", "an toàn thực phẩm", "attp", "vsattp"),
}

# Behind these words "hữu cơ" tells what a fertiliser or a soil is made of and asks for no certificate ("phân hữu cơ").
_OTHER_THINGS = frozenset(("phân", "phan", "bón", "bon", "chất", "chat"))

# Words right before a certificate that are taken out with it.
_BEFORE = phrase_set("giấy chứng nhận, chứng nhận, đạt chuẩn, tiêu chuẩn, đạt, theo")


def _spellings(words: Words) -> Iterator[Words]:
    """The words with tones and without, in every combination."""
    return product(*({word, fold(word)} for word in words))


_KINDS = {run: kind for kind, ways in SAID.items() for said in ways for run in _spellings(tuple(exact_words(said)))}
# Only leads of several words are also known bare: a bare "dat" or "theo" may be another word.
_LEADS = {run for lead in _BEFORE for run in (_spellings(lead) if len(lead) > 1 else (lead,))}
_MAX_SAYING_WORDS, _MAX_LEAD_WORDS = max(map(len, _KINDS)), max(map(len, _LEADS))


def read_certificates(words: Sequence[str]) -> tuple[tuple[str, ...], Words]:
    """The kinds of certificates that these words ask for, and the words without those that said so."""
    kinds: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        kind, length = _certificate_at(words, at)
        if not kind:
            rest.append(words[at])
            at += 1
            continue
        kinds.append(kind)
        rest = _without_lead(rest)
        at += length
    return tuple(dict.fromkeys(kinds)), tuple(rest)


@cache
def sayings(kind: str) -> tuple[Words, ...]:
    """Every way in which a text says this kind, in settled spelling."""
    return tuple(tuple(exact_words(saying)) for saying in SAID[kind])


def all_sayings() -> Iterator[Words]:
    """Every way of saying any certificate. The repairer knows them even where no title says them."""
    return (words for kind in SAID for words in sayings(kind))


def _certificate_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """The kind that is said from this word on, by the longest saying that fits, and its number of words; ("", 0) for
    none."""
    if not at or words[at - 1] not in _OTHER_THINGS:
        for length in range(_MAX_SAYING_WORDS, 0, -1):
            if kind := _KINDS.get(tuple(words[at : at + length])):
                return kind, length
    return "", 0


def _without_lead(rest: list[str]) -> list[str]:
    """The words before a certificate, without the leads ("chứng nhận", "đạt chuẩn") at their end."""
    for length in range(_MAX_LEAD_WORDS, 0, -1):
        if tuple(rest[-length:]) in _LEADS:
            return _without_lead(rest[:-length])
    return rest
