"""The vocabulary of the catalogue: how many listings say each word, say each pair of words, and begin with each head.

Counted from titles and category names (``search.index.words``). It tells which pairs are compounds, what a slip may
have meant, and whether the catalogue has a thing at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Self

from core.text import fold, has_marks
from search.language.normal import exact_heads, exact_words

MIN_FIRMNESS = 0.6
"""A pair is a compound if the rarer of its words stands in that pair in at least this share of its listings."""

MIN_LISTINGS_OF_COMPOUND = 2
SURE_READING = 0.7
"""A toned word is the only reading of its bare form if it has at least this share of the listings that say either."""


@dataclass(frozen=True)
class Vocabulary:
    """Numbers of listings by exact word, by pair of words side by side, and by head; pairs and heads are joined by
    "_"."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, names: Iterable[str], categories: Iterable[str] = ()) -> Self:
        vocabulary = cls()
        for name in names:
            vocabulary.learn(exact_words(name))
            vocabulary.heads.update(exact_heads(name))
        for category in categories:
            vocabulary.learn(exact_words(category))
            vocabulary.heads.update(exact_heads(category))
        return vocabulary

    def learn(self, words: list[str]) -> None:
        self.words.update(set(words))
        self.pairs.update({f"{one}_{two}" for one, two in pairwise(words)})

    @cached_property
    def folded_words(self) -> Counter[str]:
        return _folded(self.words)

    @cached_property
    def folded_pairs(self) -> Counter[str]:
        return _folded(self.pairs)

    @cached_property
    def folded_heads(self) -> Counter[str]:
        return _folded(self.heads)

    @cached_property
    def readings(self) -> dict[str, list[str]]:
        """For each bare form the words of the catalogue that have it, the commonest first: "dua" has dừa, dưa, dứa."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, _ in self.words.most_common():
            found[fold(word)].append(word)
        return dict(found)

    @cached_property
    def heads_by_bare(self) -> dict[str, list[str]]:
        """For each head without tones the heads of the catalogue that have it."""
        found: dict[str, list[str]] = defaultdict(list)
        for head in self.heads:
            found[fold(head)].append(head)
        return dict(found)

    def knows(self, word: str) -> bool:
        """Does any listing say this word, or, if it is bare, any toned word that it may stand for?"""
        return word in self.words or self.folded_words[word] > 0

    def heads_with(self, words: Iterable[str]) -> int:
        """How many listings begin with these words. A bare word stands for every toned word, also among toned words."""
        words = tuple(words)
        joined = "_".join(words)
        if not has_marks(joined):
            return self.folded_heads[joined]
        if all(map(has_marks, words)):
            return self.heads[joined]
        return sum(self.heads[head] for head in self.heads_by_bare.get(fold(joined), ()) if _agrees(words, head))

    def is_head(self, words: Iterable[str]) -> bool:
        return self.heads_with(words) > 0

    def is_only_reading(self, word: str) -> bool:
        """Is this toned word nearly the only one of the catalogue that its bare form may stand for?"""
        rivals = self.folded_words[fold(word)] - self.words[word]
        return rivals <= (1 - SURE_READING) * max(self.folded_words[fold(word)], 1)

    def together(self, one: str, two: str) -> int:
        """How many listings say these two words side by side. A bare word stands for every toned word."""
        as_typed = has_marks(one) and has_marks(two)
        return self.pairs[f"{one}_{two}"] or (0 if as_typed else self.folded_pairs[fold(f"{one}_{two}")])

    def firmness(self, one: str, two: str) -> float:
        """The share, 0.6 to 1, of the listings with the rarer of the two words that have both side by side; 0 where the
        pair is no compound. Sầu riêng and mật ong are compounds."""
        together = self.together(one, two)
        if together < MIN_LISTINGS_OF_COMPOUND:
            return 0.0
        firmness = together / min(self.words[word] or self.folded_words[fold(word)] for word in (one, two))
        return firmness if firmness >= MIN_FIRMNESS else 0.0


def _agrees(typed: Iterable[str], head: str) -> bool:
    """A toned typed word must be the head's word; a bare one may be any toned word of its form."""
    return all(one in (word, fold(word)) for one, word in zip(typed, head.split("_"), strict=True))


def _folded(counts: Counter[str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for key, count in counts.items():
        folded[fold(key)] += count
    return folded
