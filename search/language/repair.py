"""Repairs: slips in a query are mended with the words of the catalogue.

A small noisy channel: every word that may have been meant has a cost, by the slip that leads from it to what was typed,
and so has every two words that the catalogue does not have side by side. The cheapest sequence of words is the repair.
A short syllable is never repaired alone, because too many syllables are one slip away; a word that is repaired without
a known neighbour must be long and begin a name of the catalogue.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from core.text import fold, has_marks
from core.tones import is_syllable, split_tone
from search.language.slips import Neighbours, respelt
from search.language.vocabulary import Vocabulary

MIN_LETTERS_ALONE = 5
"""A word with fewer letters is not repaired where no neighbour supports it."""

MIN_LETTERS, MIN_LETTERS_OF_PAIR = 4, 7
"""Shorter spellings cost ``SHORT_SPELLING_COST`` more, because more words are one slip away from them."""

MAX_PAIRS = 30_000
"""The commonest pairs of the catalogue that are compared."""

# Costs, beside those of ``slips``. Found by trying on the judged sets.
WRONG_TONE_COST = 0.35
RESPELLING_COST = 0.2
LOST_TONE_COST = 0.1
SPACE_COST = 0.4
NEW_PAIR_COST = 0.5
SHORT_SPELLING_COST = 0.3
UNKNOWN_WORD_COST = 2.5

MAX_COST = 1.8
MAX_COST_PER_WORD = 0.75
"""A repair that costs more is none (``_max_cost``)."""

MAX_PATHS = 12
"""How many sequences are carried on from each place in the query; the cheapest are kept."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The words that were meant, and what the slips cost."""

    words: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Path:
    """The words chosen so far for the beginning of the query, and what they cost.

    ``needs_neighbour``: the last word was repaired, may not stand alone, and has no known neighbour yet.
    ``typed_pairs_cost``: what pairs cost that are new to the catalogue but were typed so; the buyer is not blamed for
    them when a repair is measured against ``_max_cost``.
    """

    words: tuple[str, ...] = ()
    cost: float = 0.0
    is_repaired: bool = False
    needs_neighbour: bool = False
    typed_pairs_cost: float = 0.0
    is_as_typed: bool = True
    """Is the last word as it was typed?"""


class Repairer:
    """Repairs queries with one state of the vocabulary, and with phrases known from synonyms, places and
    certificates."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        phrases: Iterable[tuple[str, ...]] = (),
        run_together: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """``run_together`` are further phrases that are only recognised when typed without their spaces ("sapa")."""
        self._heads = vocabulary.folded_heads
        self._pairs: Counter[str] = Counter(dict(vocabulary.pairs.most_common(MAX_PAIRS)))
        self._words: Counter[str] = Counter(vocabulary.words)
        for phrase in phrases:
            self._words.update(phrase)
            self._pairs.update(f"{one}_{two}" for one, two in pairwise(phrase))
        self._readings: dict[str, list[str]] = defaultdict(list)
        for word, _ in self._words.most_common():
            self._readings[fold(word)].append(word)
        self._joined: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair, _ in self._pairs.most_common():
            one, two = pair.split("_")
            self._joined[fold(one + two)].append((one, two))
        self._run_together = {fold("".join(phrase)): phrase for phrase in run_together if len(phrase) > 1}
        self._folded_pairs = {fold(pair) for pair in self._pairs}
        self._near_words = Neighbours(word for word in self._readings if word.isalpha() or len(word) > 3)
        self._near_pairs = Neighbours(joined for joined in self._joined if joined.isalpha() or len(joined) > 5)

    def is_sound(self, words: Sequence[str]) -> bool:
        """Is every word known, and does the catalogue have every two of them side by side? Then nothing is repaired."""
        return all(self.knows(word) for word in words) and all(self._together(*pair) for pair in pairwise(words))

    def knows(self, word: str) -> bool:
        """Is this a known word, or the bare form of one?"""
        return word in self._words or (word == fold(word) and word in self._readings)

    def repair(self, words: Sequence[str]) -> Repair | None:
        """The cheapest repair of these words, or None when they are sound or no repair is cheap enough.

        A beam search: ``beams[at]`` holds the paths through the first ``at`` typed words.
        """
        if not words or self.is_sound(words):
            return None
        beams: list[list[_Path]] = [[] for _ in range(len(words) + 1)]
        beams[0] = [_Path()]
        for at in range(len(words)):
            for path in sorted(beams[at], key=self._rank)[:MAX_PATHS]:
                for length, options in self._options(words[at:]):
                    typed = words[at : at + length]
                    beams[at + length] += [self._extended(path, typed, chosen, cost) for chosen, cost in options]
        ends = [path for path in beams[-1] if path.is_repaired and not path.needs_neighbour]
        best = min(ends, key=self._rank, default=None)
        if best is None or best.words == tuple(words):
            return None
        if best.cost - best.typed_pairs_cost > _max_cost(words, best.words):
            return None
        return Repair(best.words, best.cost)

    def _rank(self, path: _Path) -> tuple[float, int, tuple[str, ...]]:
        """Sort key: the cheapest path first; of equals the one with commoner pairs, then in alphabetical order."""
        common = sum(self._pairs[f"{one}_{two}"] for one, two in pairwise(path.words))
        return round(path.cost, 3), -common, path.words

    def _options(self, words: Sequence[str]) -> Iterator[tuple[int, list[tuple[tuple[str, ...], float]]]]:
        """For the next one, two and three typed words: their number, and what they may have meant, each with its
        cost."""
        yield 1, self._meant_by_one(words[0])
        if len(words[0]) >= MIN_LETTERS_ALONE and words[0] not in self._words:
            yield 1, self._meant_by_run(words[:1], SPACE_COST)
        if (phrase := self._run_together.get(fold(words[0]))) and not self.knows(words[0]):
            yield 1, [(phrase, SPACE_COST)]
        if len(words) > 1:
            yield 2, self._meant_by_run(words[:2], 0.0)
        if len(words) > 2:
            yield 3, self._meant_by_run(words[:3], SPACE_COST)

    def _meant_by_one(self, typed: str) -> list[tuple[tuple[str, ...], float]]:
        options: list[tuple[tuple[str, ...], float]] = [((typed,), 0.0 if self.knows(typed) else UNKNOWN_WORD_COST)]
        if typed.isdigit():
            return options
        if (right := respelt(typed)) != typed and right in self._words:
            options.append(((right,), RESPELLING_COST))
        for bare, cost in self._near_words.of(fold(typed)).items():
            for word in self._readings[bare]:
                tone = _tone_cost(typed, word)
                loses_marks = not cost and has_marks(typed) and not has_marks(word)
                if word != typed and (cost or tone) and not loses_marks:
                    too_short = SHORT_SPELLING_COST if cost and len(bare) < MIN_LETTERS else 0.0
                    options.append(((word,), cost + tone + too_short))
        return options

    def _meant_by_run(self, typed: Sequence[str], surcharge: float) -> list[tuple[tuple[str, ...], float]]:
        """Known pairs that, written without the space, are one slip from the typed words written so: a space was lost
        or added, or a letter slipped across it."""
        joined = fold("".join(typed))
        options: list[tuple[tuple[str, ...], float]] = []
        if len(typed) == 2:
            options += [((word,), SPACE_COST) for word in self._readings.get(joined, ())]
        for bare, cost in self._near_pairs.of(joined).items():
            for pair in self._joined[bare]:
                tones = (
                    sum(_tone_cost(one, two) for one, two in zip(typed, pair, strict=False)) if len(typed) == 2 else 0
                )
                too_short = SHORT_SPELLING_COST if cost and len(bare) < MIN_LETTERS_OF_PAIR else 0.0
                if pair != tuple(typed):
                    options.append((pair, cost + tones + too_short + surcharge))
        return options

    def _extended(self, path: _Path, typed: Sequence[str], chosen: tuple[str, ...], cost: float) -> _Path:
        """The path with the chosen words for the next typed ones.

        Two chosen words are a known pair. One repaired word needs a known neighbour, before or behind it, unless it may
        stand alone; a path that leaves one without is made too dear to win.
        """
        is_repaired_now = cost > 0 and cost != UNKNOWN_WORD_COST
        is_known_pair = bool(path.words) and self._together(path.words[-1], chosen[0])
        pair_cost = 0.0 if is_known_pair or not path.words else NEW_PAIR_COST
        is_lone_repair = is_repaired_now and len(chosen) == 1 and not is_known_pair
        is_as_typed = tuple(typed) == chosen
        return _Path(
            words=path.words + chosen,
            cost=path.cost + cost + pair_cost + (100.0 if path.needs_neighbour and not is_known_pair else 0.0),
            is_repaired=path.is_repaired or is_repaired_now,
            typed_pairs_cost=path.typed_pairs_cost + (pair_cost if is_as_typed and path.is_as_typed else 0.0),
            is_as_typed=is_as_typed,
            needs_neighbour=is_lone_repair and not self._may_stand_alone(typed, chosen[0]),
        )

    def _may_stand_alone(self, typed: Sequence[str], word: str) -> bool:
        """May ``word`` be the repair of what was typed without a known neighbour?

        It may when it begins a name and has letters enough, or when what was typed cannot be right: its spelling breaks
        a rule ("ngệ") or its marks make no syllable ("buởi"). A space inside a word ("st 25") is always repaired.
        """
        if len(typed) == 1 and respelt(typed[0]) == word:
            return self._heads[fold(word)] > 0
        if fold("".join(typed)) == fold(word):
            if len(typed) > 1:
                return True
            if not is_syllable(split_tone(typed[0])[0]):
                return self._heads[fold(word)] > 0
        return len(word) >= MIN_LETTERS_ALONE and self._heads[fold(word)] > 0

    def _together(self, one: str, two: str) -> bool:
        """Does the catalogue have these words side by side? A bare word stands for every toned word."""
        pair = f"{one}_{two}"
        if pair in self._pairs:
            return True
        open_tones = not (has_marks(one) and has_marks(two))
        return open_tones and self._folded_together(one, two)

    def _folded_together(self, one: str, two: str) -> bool:
        """The same where at least one word is bare; a toned one must still be that very word."""
        if fold(f"{one}_{two}") not in self._folded_pairs:
            return False
        firsts = [one] if has_marks(one) else self._readings.get(one, [one])
        seconds = [two] if has_marks(two) else self._readings.get(two, [two])
        return any(f"{first}_{second}" in self._pairs for first in firsts for second in seconds)


def _max_cost(typed: Sequence[str], meant: Sequence[str]) -> float:
    """The most that a repair may cost: it grows with the words that change, not with those that stay."""
    other = len(typed) - len(set(typed) & set(meant))
    return min(MAX_COST_PER_WORD * max(len(typed), 2), max(MAX_COST, MAX_COST_PER_WORD * (other + 1)))


@lru_cache(maxsize=50_000)
def _tone_cost(typed: str, meant: str) -> float:
    """What the tones and marks add to a slip: nothing for a bare typed word, which leaves them open; something for
    wrong ones, and more for marks on a word that has none."""
    if typed == meant or not has_marks(typed) or _marks(typed) == _marks(meant):
        return 0.0
    return WRONG_TONE_COST if has_marks(meant) else LOST_TONE_COST + WRONG_TONE_COST


def _marks(word: str) -> list[str]:
    """The marks of a word, whatever letters they stand on, and its đ."""
    return sorted(
        letter for letter in unicodedata.normalize("NFD", word) if letter == "đ" or unicodedata.combining(letter)
    )
