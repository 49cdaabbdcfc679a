"""Place names in a query: today's provinces and communes, and every former name that leads to them.

``households.places`` keeps the names, their titles and the other names that everybody uses; here they become words to
compare, each with what it means in a query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from core.text import fold
from households.places.names import ALSO_CALLED, PARTS_OF_THE_COUNTRY, SHORT_TITLES
from households.places.units import PlaceNames
from search.language.normal import exact_words
from search.language.query import PlaceMeaning
from search.language.spelling import phrase_set

# Titles of former and present units, short forms of one letter left out: in a query "p" and "x" mean other things. Of
# the titles without tones only those that are not a common name or word themselves ("quan" may be Quan Sơn).
_UNMISTAKABLE = ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường")
TITLES = phrase_set(
    ",".join(
        (
            *SHORT_TITLES,
            *(short for forms in SHORT_TITLES.values() for short in forms if len(short) > 1 and " " not in short),
            *map(fold, _UNMISTAKABLE),
            "đảo",
            "chợ nổi",
        )
    )
)
LARGE = 25
"""As many communes of today lie in a former province."""


class Places:
    """Names, each with all the places of today that it may mean."""

    def __init__(self, names: Iterable[tuple[str, PlaceMeaning]] = ()) -> None:
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], PlaceMeaning]] = defaultdict(dict)
        self.longest = 1
        for name, meaning in names:
            words = bare_name(exact_words(name))
            self._add(words, meaning)
            for other in ALSO_CALLED.get(" ".join(words), ()):
                self._add(tuple(exact_words(other)), meaning)
        for part, provinces in PARTS_OF_THE_COUNTRY.items():
            self._add(tuple(exact_words(part)), PlaceMeaning(provinces=provinces))

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

    def districts(self) -> Iterable[tuple[str, ...]]:
        """Names of more than one commune: provinces and former districts."""
        for toned in self._found.values():
            for words, meaning in toned.items():
                if meaning.provinces or len(meaning.communes) > 1:
                    yield words

    def well_known(self) -> Iterable[tuple[str, ...]]:
        """The names of provinces, of today and before, for telling what a slip may have meant."""
        for toned in self._found.values():
            for words, meaning in toned.items():
                if meaning.provinces or len(meaning.communes) >= LARGE:
                    yield words


def meanings(names: PlaceNames) -> Iterator[tuple[str, PlaceMeaning]]:
    """Every name with what it means; one name may come several times, for places of the same name."""
    for province in names.provinces.values():
        for name in (province.name, *province.also):
            yield name, PlaceMeaning(provinces=(province.code,))
    for commune in names.communes.values():
        yield commune.name, PlaceMeaning(communes=(commune.code,), around=(commune.province_code,))
    parts: dict[str, set[str]] = defaultdict(set)
    for code, units in names.former.items():
        for name in {name for unit in units for name in unit}:
            parts[name].add(code)
    for name, communes in parts.items():
        around = {names.communes[code].province_code for code in communes}
        yield name, PlaceMeaning(communes=tuple(sorted(communes)), around=tuple(sorted(around)))


def bare_name(words: Sequence[str]) -> tuple[str, ...]:
    """A name without its title: "thành phố bắc giang" is "bắc giang"."""
    for length in (2, 1):
        if len(words) > length and tuple(words[:length]) in TITLES:
            return tuple(words[length:])
    return tuple(words)


def title_length(words: Sequence[str]) -> int:
    """How many words at the beginning are only the title of the place that follows."""
    return len(words) - len(bare_name(words))


def _may_stand_alone(meaning: PlaceMeaning) -> bool:
    """One syllable is a place only as a province (Huế) or a short form; never the commune Mai."""
    return bool(meaning.provinces)


def _joined(one: PlaceMeaning, other: PlaceMeaning) -> PlaceMeaning:
    return PlaceMeaning(
        communes=tuple(sorted({*one.communes, *other.communes})),
        provinces=tuple(sorted({*one.provinces, *other.provinces})),
        around=tuple(sorted({*one.around, *other.around})),
    )
