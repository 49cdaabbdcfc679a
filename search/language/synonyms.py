"""Synonyms: what else a buyer's word is called in the titles of households, mostly by region.

A synonym leads from what is said to what is meant: who says heo also finds lợn. An ambiguous word has synonyms of one
direction only, onto the word that names the variety: mận leads to roi, but roi leads to "mận An Phước" and never to
mận. A bare phrase counts as a synonym's words when it has two syllables or more, or when the catalogue has only one
word with its bare form ("heo" has one, "dua" has several).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations

from core.text import fold, has_marks
from search.language.normal import exact_words
from search.language.query import Form
from search.language.spelling import agrees, bare_words


class Closeness(StrEnum):
    """Does the synonym name the same thing, one of its kinds, or only something near it?"""

    SAME = "same"
    KIND = "kind"
    NEAR = "near"


class Untoned(StrEnum):
    """May the synonym's words be typed bare? AUTO decides by the catalogue."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


WEIGHT = {Closeness.SAME: 0.95, Closeness.KIND: 0.55, Closeness.NEAR: 0.55}
"""The weight of a form that a synonym gives, where the typed form has 1."""

TWO_STEPS_WEIGHT = 0.85
"""The weight of a name that two synonyms of the same thing lead to; of anything else, a factor of its weight."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who says ``said`` also finds ``means``; with ``both_ways`` the other way round too. ``begins_name``: ``means``
    counts only where a name begins with it, because elsewhere it says something else ("gạo thơm" is no pineapple)."""

    said: str
    means: str
    both_ways: bool = False
    closeness: Closeness = Closeness.SAME
    untoned: Untoned = Untoned.AUTO
    begins_name: bool = False

    def directed(self) -> tuple[Synonym, ...]:
        """The synonym as one or two synonyms of one direction."""
        if not self.both_ways:
            return (self,)
        there = replace(self, both_ways=False)
        return there, Synonym(self.means, self.said, False, self.closeness, self.untoned)


@dataclass(frozen=True, slots=True, order=True)
class Meaning:
    """How well a phrase says what was said: the weight of its form, and whether it is the thing or only near it."""

    weight: float
    is_thing: bool = True

    def then(self, next_step: Meaning) -> Meaning:
        return Meaning(next_step.weight * TWO_STEPS_WEIGHT, self.is_thing and next_step.is_thing)


Meanings = dict[tuple[str, ...], dict[tuple[str, ...], Meaning]]


class SynonymTable:
    """All synonyms in force, for asking what else a run of typed words is called.

    ``is_only_reading`` tells whether a toned word is the only one that its bare form may stand for
    (``Vocabulary.is_only_reading``).
    """

    def __init__(self, rules: Iterable[Synonym], is_only_reading: Callable[[str], bool] = lambda word: True) -> None:
        self._meanings: Meanings = defaultdict(dict)
        self._by_bare: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        self._untoned: dict[tuple[str, ...], Untoned] = {}
        self._is_only_reading = is_only_reading
        self._beginning: set[tuple[str, ...]] = set()
        self.longest = 1
        same: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for rule in rules:
            for directed in rule.directed():
                self._add(directed)
            if rule.both_ways and rule.closeness is Closeness.SAME:
                said, means = tuple(exact_words(rule.said)), tuple(exact_words(rule.means))
                same[said].add(means)
                same[means].add(said)
        self._add_second_steps(same)

    def _add(self, rule: Synonym) -> None:
        said, means = tuple(exact_words(rule.said)), tuple(exact_words(rule.means))
        if not said or not means or said == means:
            return
        meaning = Meaning(WEIGHT[rule.closeness], rule.closeness is not Closeness.NEAR)
        self._meanings[said][means] = max(meaning, self._meanings[said].get(means, meaning))
        self._by_bare[bare_words(said)].add(said)
        if rule.begins_name:
            self._beginning.add(means)
        if rule.untoned is not Untoned.AUTO:
            self._untoned[said] = rule.untoned
        self.longest = max(self.longest, len(said))

    def _add_second_steps(self, same: dict[tuple[str, ...], set[tuple[str, ...]]]) -> None:
        """Add what two synonyms in a row lead to: if a is b and b is c, then a is also c, with a lower weight.

        Only a synonym that is the same thing both ways leads on, and only once: a mere neighbour of a neighbour is
        something else.
        """
        direct = {said: dict(found) for said, found in self._meanings.items()}
        for name, names in same.items():
            for one, other in permutations(sorted(names), 2):
                self._meanings[one].setdefault(other, Meaning(TWO_STEPS_WEIGHT))
            for other in sorted(names):
                for means, meaning in direct[other].items():
                    if means != name:
                        self._meanings[name].setdefault(means, Meaning(1.0).then(meaning))

    def phrases(self) -> set[tuple[str, ...]]:
        """Every phrase on either side of a synonym. Its words count as known even where no title says them."""
        return set(self._meanings) | {means for found in self._meanings.values() for means in found}

    def knows(self, words: Sequence[str], literal: Container[str] = ()) -> bool:
        """Do these words begin a synonym? Bare words in ``literal`` are read as they stand."""
        return bool(self._said(tuple(words), literal))

    def is_name(self, words: Sequence[str]) -> bool:
        """Do these words begin a synonym exactly as they stand, tone by tone?"""
        return tuple(words) in self._meanings

    def forms(self, words: Sequence[str], literal: Container[str] = ()) -> tuple[Form, ...]:
        """The other forms of exactly these words, the one of the highest weight first."""
        found: dict[tuple[str, ...], Meaning] = {}
        for said in self._said(tuple(words), literal):
            for means, meaning in self._meanings[said].items():
                found[means] = max(meaning, found.get(means, meaning))
        found.pop(tuple(words), None)
        best_first = sorted(found.items(), key=lambda pair: (-pair[1].weight, pair[0]))
        return tuple(
            Form(means, meaning.weight, is_near=not meaning.is_thing, begins_name=means in self._beginning)
            for means, meaning in best_first
        )

    def beginning_with(self, typed: Sequence[str]) -> list[tuple[Form, ...]]:
        """The forms of each phrase that these words begin, the last of them unfinished: "khổ q" begins khổ qua."""
        *complete, last = (fold(word) for word in typed)
        if len(typed) < 2:
            return []
        grown = [
            said
            for bare, toned in self._by_bare.items()
            if len(bare) == len(typed) and list(bare[:-1]) == complete and bare[-1].startswith(last)
            for said in sorted(toned)
            if agrees(tuple(typed[:-1]), said[:-1])
        ]
        return [self.forms(said) for said in grown]

    def _said(self, typed: tuple[str, ...], literal: Container[str]) -> list[tuple[str, ...]]:
        """The phrases with synonyms that these typed words may stand for."""
        candidates = sorted(self._by_bare.get(bare_words(typed), ()))
        return [said for said in candidates if agrees(typed, said, literal) and self._may_fire(typed, said, candidates)]

    def _may_fire(self, typed: tuple[str, ...], said: tuple[str, ...], rivals: list[tuple[str, ...]]) -> bool:
        if typed == said or any(has_marks(word) for word in typed):
            return True
        choice = self._untoned.get(said, Untoned.AUTO)
        if choice is not Untoned.AUTO:
            return choice is Untoned.YES
        return len(typed) > 1 or (len(rivals) == 1 and self._is_only_reading(said[0]))
