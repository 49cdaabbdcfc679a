"""Slips: what one slip of the keyboard or of spelling costs, and which known spellings are one slip from a typed one.

A slip is one letter wrong, lost, added or doubled, two letters swapped, or letters that sound alike. Only bare forms
are compared. Vietnamese syllables are short and many are one slip apart ("gao" has 31 such syllables), so one near
spelling proves nothing: ``repair`` also asks which words the catalogue has side by side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from core.tones import place_tone, split_tone

# Letters that many buyers confuse because they sound alike in their region: x and s, ch and tr, d, gi, r and v, l and
# n; at the end n and ng, c and t; and the letters f, j, w, z of chat. Each pattern is rewritten to one letter.
_CONFUSED = (
    (re.compile(r"^(?:ngh|ng)"), "N"),
    (re.compile(r"^(?:gh|g(?!i[aeou]))"), "G"),
    (re.compile(r"^(?:ph|f)"), "F"),
    (re.compile(r"^(?:gi(?=[aeou])|[drvzj])"), "D"),
    (re.compile(r"^(?:tr|ch)"), "C"),
    (re.compile(r"^(?:qu|q|w)"), "W"),
    (re.compile(r"^[kc](?!h)"), "K"),
    (re.compile(r"^[sx]"), "S"),
    (re.compile(r"^[ln](?!h)"), "L"),
    (re.compile(r"(?:ng|n|nh)$"), "n"),
    (re.compile(r"(?:[tck]|ch)$"), "t"),
    (re.compile(r"y"), "i"),
)

# Spellings that no Vietnamese word has, with the right one of the same sound: ngh, gh and k before e, ê, i and y, and
# ng, g and c before the other vowels.
_MISSPELT = (
    (re.compile(r"^ng(?=[eêi])"), "ngh"),
    (re.compile(r"^g(?=[eê])"), "gh"),
    (re.compile(r"^c(?=[eêiy])"), "k"),
    (re.compile(r"^ngh(?=[aăâoôơuư])"), "ng"),
    (re.compile(r"^gh(?=[aăâoôơuư])"), "g"),
    (re.compile(r"^k(?=[aăâoôơuư])"), "c"),
)
SOUND_COST = 0.5
SWAP_COST = 0.8
DOUBLE_COST = 0.6
EDIT_COST = 1.0


@lru_cache(maxsize=100_000)
def sound(bare: str) -> str:
    """The word with all letters that sound alike rewritten to one of them, so that two such words become equal."""
    return _rewritten(bare, _CONFUSED)


@lru_cache(maxsize=100_000)
def respelt(word: str) -> str:
    """The respelling of a word: right by the rules of spelling. "Ngệ" becomes nghệ, "kà" becomes cà."""
    bare, tone = split_tone(word)
    return place_tone(_rewritten(bare, _MISSPELT), tone)


def _rewritten(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, letters in rules:
        text = pattern.sub(letters, text)
    return text


def slip_cost(typed: str, meant: str) -> float | None:
    """The cost of the one slip that makes ``typed`` of ``meant``: 0 if they are equal, None if one slip is not
    enough."""
    if typed == meant:
        return 0.0
    if sound(typed) == sound(meant):
        return SOUND_COST
    if len(typed) == len(meant):
        return _same_length_cost(typed, meant)
    if abs(len(typed) - len(meant)) == 1:
        return _one_letter_cost(typed, meant)
    return None


def _same_length_cost(typed: str, meant: str) -> float | None:
    wrong = [at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    if len(wrong) == 1:
        return EDIT_COST
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and typed[wrong[0]] == meant[wrong[1]]
    return SWAP_COST if swapped and typed[wrong[1]] == meant[wrong[0]] else None


def _one_letter_cost(typed: str, meant: str) -> float | None:
    shorter, longer = sorted((typed, meant), key=len)
    at = next((at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
    if shorter[at:] != longer[at + 1 :]:
        return None
    doubled = at > 0 and longer[at] == longer[at - 1]
    return DOUBLE_COST if doubled else EDIT_COST


class Neighbours:
    """Known bare spellings, found from one slip away. Two spellings are compared only if they share a key: one of them
    with one letter less, or their sound."""

    def __init__(self, spellings: Iterable[str]) -> None:
        self._near: dict[str, list[str]] = defaultdict(list)
        for spelling in spellings:
            for key in _keys(spelling):
                self._near[key].append(spelling)

    def of(self, typed: str) -> dict[str, float]:
        """The known spellings that are equal to ``typed`` or one slip away, each with its cost."""
        near = {spelling for key in _keys(typed) for spelling in self._near.get(key, ())}
        costs = ((spelling, slip_cost(typed, spelling)) for spelling in near)
        return {spelling: cost for spelling, cost in costs if cost is not None}


def _keys(spelling: str) -> set[str]:
    shorter = {spelling[:at] + spelling[at + 1 :] for at in range(len(spelling))} if len(spelling) > 1 else set()
    return {spelling, "~" + sound(spelling)} | shorter
