"""Place names in a query: today's provinces and communes, and every former name that leads to them.

The names come from outside (``households`` keeps them); here they only become words to compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.text import fold
from search.language.normal import exact_words
from search.language.query import PlaceMeaning
from search.language.spelling import phrase_set

# What stands before a name and says its kind; never part of the name here.
KINDS = phrase_set(
    """
    tỉnh, thành phố, tp, huyện, quận, thị xã, tx, thị trấn, tt, xã, phường, đặc khu, đảo, chợ nổi, tinh, thanh pho,
    huyen, thi xa, xa, phuong
    """
)
# Other names that everybody uses, by the name without its kind.
ALSO_CALLED = {
    "hồ chí minh": ("hcm", "tphcm", "sài gòn", "saigon", "sg"),
    "hà nội": ("hn",),
    "huế": ("thừa thiên huế",),
    "buôn ma thuột": ("ban mê thuột", "buôn mê thuột", "ban mê", "bmt"),
    "đắk lắk": ("đăk lăk", "đắc lắc", "daklak"),
    "đắk nông": ("đăk nông", "đắc nông", "daknong"),
    "bắc kạn": ("bắc cạn",),
}
# Parts of the country, by the codes of today's provinces.
REGIONS = {
    "tây bắc": ("11", "12", "14", "15"),
    "đông bắc": ("04", "08", "19", "20", "22"),
    "tây nguyên": ("51", "52", "66", "68"),
    "miền tây": ("80", "82", "86", "91", "92", "96"),
    "đồng bằng sông cửu long": ("80", "82", "86", "91", "92", "96"),
    "miền trung": ("38", "40", "42", "44", "46", "48", "51", "52", "56", "66"),
    "đông nam bộ": ("75", "79", "80"),
}
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
        for region, provinces in REGIONS.items():
            self._add(tuple(exact_words(region)), PlaceMeaning(provinces=provinces))

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
    """One syllable is a place only as a province (Huế) or a short form; never the commune Mai."""
    return bool(meaning.provinces)


def _joined(one: PlaceMeaning, other: PlaceMeaning) -> PlaceMeaning:
    return PlaceMeaning(
        communes=tuple(sorted({*one.communes, *other.communes})),
        provinces=tuple(sorted({*one.provinces, *other.provinces})),
        around=tuple(sorted({*one.around, *other.around})),
    )
