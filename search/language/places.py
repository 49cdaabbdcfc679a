"""Place names in a query: today's provinces and communes, and every former name that leads to them.

The names come from outside (``households`` keeps them); here they only become words to compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from marketplace.core.text import fold
from search.language.normal import exact_words
from search.language.query import PlaceMeaning
from search.language.spelling import phrase_set

# What stands before a name and says its kind; never part of the name here.
KINDS = phrase_set(
    """
    tỉnh, thành phố, tp, huyện, quận, thị xã, tx, thị trấn, tt, xã, phường, đặc khu, tinh, thanh pho, huyen, thi xa, xa,
    phuong
    """
)
# Shortened names that everybody uses.
SHORT_NAMES = {"Hồ Chí Minh": ("hcm", "tphcm", "sài gòn", "saigon", "sg"), "Hà Nội": ("hn",), "Đà Nẵng": ("đn",)}


class Places:
    """Names, each with all the places of today that it may mean."""

    def __init__(self, names: Iterable[tuple[str, PlaceMeaning]] = ()) -> None:
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], PlaceMeaning]] = defaultdict(dict)
        self.longest = 1
        for name, meaning in names:
            for variant in (name, *SHORT_NAMES.get(name, ())):
                self._add(bare_name(exact_words(variant)), meaning)

    def _add(self, words: tuple[str, ...], meaning: PlaceMeaning) -> None:
        if not words or words[0].isdigit() or (len(words) == 1 and not _may_stand_alone(meaning)):
            return
        toned = self._found[tuple(fold(word) for word in words)]
        toned[words] = _joined(toned[words], meaning) if words in toned else meaning
        self.longest = max(self.longest, len(words))

    def meaning(self, words: Sequence[str]) -> PlaceMeaning | None:
        """What these words mean as a place; a typed tone must be right, a missing one may be any."""
        found: PlaceMeaning | None = None
        for name, meaning in self._found.get(tuple(fold(word) for word in words), {}).items():
            if all(typed in (word, fold(word)) for typed, word in zip(words, name, strict=True)):
                found = _joined(found, meaning) if found else meaning
        return found

    def phrases(self) -> Iterable[tuple[str, ...]]:
        for toned in self._found.values():
            yield from toned


def bare_name(words: Sequence[str]) -> tuple[str, ...]:
    """A name without the word for its kind: "thành phố bắc giang" is "bắc giang"."""
    for length in (2, 1):
        if len(words) > length and tuple(words[:length]) in KINDS:
            return tuple(words[length:])
    return tuple(words)


def kind_length(words: Sequence[str]) -> int:
    """How many words at the beginning only say the kind of the place that follows."""
    return len(words) - len(bare_name(words))


def _may_stand_alone(meaning: PlaceMeaning) -> bool:
    """One syllable is a place only as a province: Huế, never the commune Mai."""
    return bool(meaning.provinces) and not meaning.communes


def _joined(one: PlaceMeaning, other: PlaceMeaning) -> PlaceMeaning:
    return PlaceMeaning(
        communes=tuple(sorted({*one.communes, *other.communes})),
        provinces=tuple(sorted({*one.provinces, *other.provinces})),
        around=tuple(sorted({*one.around, *other.around})),
    )
