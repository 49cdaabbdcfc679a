"""Typing slips mended from the words of the catalogue, as a noisy channel: what was meant must be cheap to reach from
what was typed, and its words must be neighbours that the catalogue knows.

A short syllable is never mended alone; a word that stands alone must be long and begin a known name.
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
MIN_LETTERS = 4
MIN_LETTERS_OF_PAIR = 7
MAX_PAIRS = 30_000
WRONG_TONE = 0.35
MISSPELT = 0.2
LOST_TONE = 0.1
SPACE_SLIP = 0.4
STRANGERS = 0.5
CROWDED = 0.3
UNKNOWN = 2.5
MAX_COST = 1.8
MAX_COST_PER_WORD = 0.75
MAX_PATHS = 12


@dataclass(frozen=True, slots=True)
class Repair:
    words: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Path:
    """Words chosen so far; ``lonely`` says that the last one was mended and has no known neighbour yet, ``given`` is
    what strangers that were typed so have cost."""

    words: tuple[str, ...] = ()
    cost: float = 0.0
    mended: bool = False
    lonely: bool = False
    given: float = 0.0
    is_as_typed: bool = True
    """Is the last word as it was typed?"""


class Repairer:
    """Mends queries with one state of the vocabulary, helped by phrases known from rules and places."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        phrases: Iterable[tuple[str, ...]] = (),
        run_together: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """``run_together`` are more phrases, mended only when they were typed without their spaces ("sapa")."""
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
        """Is every word known, and every neighbourhood? Then there is nothing to mend."""
        return all(self.knows(word) for word in words) and all(self._together(*pair) for pair in pairwise(words))

    def knows(self, word: str) -> bool:
        return word in self._words or (word == fold(word) and word in self._readings)

    def repair(self, words: Sequence[str]) -> Repair | None:
        """The likeliest meaning of words that make no sense as they stand, or None."""
        if not words or self.is_sound(words):
            return None
        beams: list[list[_Path]] = [[] for _ in range(len(words) + 1)]
        beams[0] = [_Path()]
        for at in range(len(words)):
            for path in sorted(beams[at], key=self._standing)[:MAX_PATHS]:
                for length, options in self._options(words[at:]):
                    typed = words[at : at + length]
                    beams[at + length] += [self._step(path, typed, chosen, cost) for chosen, cost in options]
        ends = [path for path in beams[-1] if path.mended and not path.lonely]
        best = min(ends, key=self._standing, default=None)
        if best is None or best.cost - best.given > _max_cost(words, best.words) or best.words == tuple(words):
            return None
        return Repair(best.words, best.cost)

    def _standing(self, path: _Path) -> tuple[float, int, tuple[str, ...]]:
        """The cheaper first; of equals the commoner; and always the same one."""
        common = sum(self._pairs[f"{one}_{two}"] for one, two in pairwise(path.words))
        return round(path.cost, 3), -common, path.words

    def _options(self, words: Sequence[str]) -> Iterator[tuple[int, list[tuple[tuple[str, ...], float]]]]:
        """What the next one, two or three typed words may have meant, each with its cost."""
        yield 1, self._meant_by_one(words[0])
        if len(words[0]) >= MIN_LETTERS_ALONE and words[0] not in self._words:
            yield 1, self._meant_by_run(words[:1], SPACE_SLIP)
        if (phrase := self._run_together.get(fold(words[0]))) and not self.knows(words[0]):
            yield 1, [(phrase, SPACE_SLIP)]
        if len(words) > 1:
            yield 2, self._meant_by_run(words[:2], 0.0)
        if len(words) > 2:
            yield 3, self._meant_by_run(words[:3], SPACE_SLIP)

    def _meant_by_one(self, typed: str) -> list[tuple[tuple[str, ...], float]]:
        options: list[tuple[tuple[str, ...], float]] = [((typed,), 0.0 if self.knows(typed) else UNKNOWN)]
        if typed.isdigit():
            return options
        if (right := respelt(typed)) != typed and right in self._words:
            options.append(((right,), MISSPELT))
        for bare, cost in self._near_words.of(fold(typed)).items():
            for word in self._readings[bare]:
                tone = _tone_cost(typed, word)
                loses_marks = not cost and has_marks(typed) and not has_marks(word)
                if word != typed and (cost or tone) and not loses_marks:
                    crowded = CROWDED if cost and len(bare) < MIN_LETTERS else 0.0
                    options.append(((word,), cost + tone + crowded))
        return options

    def _meant_by_run(self, typed: Sequence[str], surcharge: float) -> list[tuple[tuple[str, ...], float]]:
        """Two known neighbours, spelled as one run: spaces lost or added, letters slipped over the gap."""
        joined = fold("".join(typed))
        options: list[tuple[tuple[str, ...], float]] = []
        if len(typed) == 2:
            options += [((word,), SPACE_SLIP) for word in self._readings.get(joined, ())]
        for bare, cost in self._near_pairs.of(joined).items():
            for pair in self._joined[bare]:
                tones = (
                    sum(_tone_cost(one, two) for one, two in zip(typed, pair, strict=False)) if len(typed) == 2 else 0
                )
                crowded = CROWDED if cost and len(bare) < MIN_LETTERS_OF_PAIR else 0.0
                if pair != tuple(typed):
                    options.append((pair, cost + tones + crowded + surcharge))
        return options

    def _step(self, path: _Path, typed: Sequence[str], chosen: tuple[str, ...], cost: float) -> _Path:
        """Go on with these words. ``chosen`` of two words is a known pair; one word must get on with its neighbours."""
        mended_now = cost > 0 and cost != UNKNOWN
        acquainted = bool(path.words) and self._together(path.words[-1], chosen[0])
        fare = 0.0 if acquainted or not path.words else STRANGERS
        is_as_typed = tuple(typed) == chosen
        return _Path(
            words=path.words + chosen,
            cost=path.cost + cost + fare + (100.0 if path.lonely and not acquainted else 0.0),
            mended=path.mended or mended_now,
            given=path.given + (fare if is_as_typed and path.is_as_typed else 0.0),
            is_as_typed=is_as_typed,
            lonely=mended_now and len(chosen) == 1 and not acquainted and not self._stands_alone(typed, chosen[0]),
        )

    def _stands_alone(self, typed: Sequence[str], word: str) -> bool:
        """Long enough; or only a space came in ("st 25"), or its marks make no syllable ("buởi"), or no word is spelt
        like it ("ngệ")."""
        if len(typed) == 1 and respelt(typed[0]) == word:
            return self._heads[fold(word)] > 0
        if fold("".join(typed)) == fold(word):
            if len(typed) > 1:
                return True
            if not is_syllable(split_tone(typed[0])[0]):
                return self._heads[fold(word)] > 0
        return len(word) >= MIN_LETTERS_ALONE and self._heads[fold(word)] > 0

    def _together(self, one: str, two: str) -> bool:
        pair = f"{one}_{two}"
        if pair in self._pairs:
            return True
        open_tones = not (has_marks(one) and has_marks(two))
        return open_tones and self._folded_together(one, two)

    def _folded_together(self, one: str, two: str) -> bool:
        """Known neighbours when at least one word was typed bare; the one with marks must still be itself."""
        if fold(f"{one}_{two}") not in self._folded_pairs:
            return False
        firsts = [one] if has_marks(one) else self._readings.get(one, [one])
        seconds = [two] if has_marks(two) else self._readings.get(two, [two])
        return any(f"{first}_{second}" in self._pairs for first in firsts for second in seconds)


def _max_cost(typed: Sequence[str], meant: Sequence[str]) -> float:
    """Words that stay are no reason to believe in a costlier mending of those that do not."""
    other = len(typed) - len(set(typed) & set(meant))
    return min(MAX_COST_PER_WORD * max(len(typed), 2), max(MAX_COST, MAX_COST_PER_WORD * (other + 1)))


@lru_cache(maxsize=50_000)
def _tone_cost(typed: str, meant: str) -> float:
    """What the marks add: a bare word leaves them open, wrong ones cost, marks on a word that has none cost more."""
    if typed == meant or not has_marks(typed) or _marks(typed) == _marks(meant):
        return 0.0
    return WRONG_TONE if has_marks(meant) else LOST_TONE + WRONG_TONE


def _marks(word: str) -> list[str]:
    return sorted(
        letter for letter in unicodedata.normalize("NFD", word) if letter == "đ" or unicodedata.combining(letter)
    )
