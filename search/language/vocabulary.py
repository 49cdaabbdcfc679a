"""The words of the catalogue: how many listings say each word, each pair of neighbours, and begin with what.

Built from titles and category names when an index is built. It tells compounds from chance neighbours, what a slip may
have meant, and whether the catalogue knows a thing at all.
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

FIRMNESS = 0.6
SURE_READING = 0.7
MIN_LISTINGS_OF_COMPOUND = 2


@dataclass(frozen=True)
class Vocabulary:
    """Counts over exact words; pairs and heads are joined by "_"."""

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
        """The words with tones that share a bare form, the commonest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, _ in self.words.most_common():
            found[fold(word)].append(word)
        return dict(found)

    @cached_property
    def heads_by_bare(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for head in self.heads:
            found[fold(head)].append(head)
        return dict(found)

    def knows(self, word: str) -> bool:
        return word in self.words or self.folded_words[word] > 0

    def heads_with(self, words: Iterable[str]) -> int:
        """How many titles and categories begin so; bare words in any tone, also among words with marks."""
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
        """Is this what its bare form nearly always stands for here?"""
        rivals = self.folded_words[fold(word)] - self.words[word]
        return rivals <= (1 - SURE_READING) * max(self.folded_words[fold(word)], 1)

    def together(self, one: str, two: str) -> int:
        """How many listings say these words next to each other; bare ones in any tone."""
        as_typed = has_marks(one) and has_marks(two)
        return self.pairs[f"{one}_{two}"] or (0 if as_typed else self.folded_pairs[fold(f"{one}_{two}")])

    def firmness(self, one: str, two: str) -> float:
        """How nearly always two words stand together, as sầu riêng and mật ong do; 0 below what makes a compound."""
        together = self.together(one, two)
        if together < MIN_LISTINGS_OF_COMPOUND:
            return 0.0
        firmness = together / min(self.words[word] or self.folded_words[fold(word)] for word in (one, two))
        return firmness if firmness >= FIRMNESS else 0.0


def _agrees(typed: Iterable[str], head: str) -> bool:
    """A typed word with marks is that very word; a bare one leaves the marks open."""
    return all(one in (word, fold(word)) for one, word in zip(typed, head.split("_"), strict=True))


def _folded(counts: Counter[str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for key, count in counts.items():
        folded[fold(key)] += count
    return folded
