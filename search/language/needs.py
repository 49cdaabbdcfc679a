"""Needs: what buyers ask for by its use, its time or its standing, and no listing is called.

"Đồ uống" (drinks) is on no label, and "rau mùa đông" is said of no cabbage. So operators declare what serves a need by
what the market knows of its listings: a category, the months of harvest, OCOP stars, a certificate. Whatever is listed
there tomorrow is found then, and nobody keeps a list of products.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from search.language.normal import exact_words
from search.language.spelling import agrees, bare_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Who says ``said`` is served by every listing that has all that is given here; several needs with the same words
    are several ways to serve them. ``category`` is a category's key in the index and stands for all below it."""

    said: str
    category: str = ""
    months: tuple[int, ...] = ()
    min_stars: int = 0
    certificate: str = ""

    @property
    def is_time(self) -> bool:
        """Does it only say when? "Mùa đông" (winter) narrows what else is asked for, and names no goods."""
        return bool(self.months) and not (self.category or self.min_stars or self.certificate)


class NeedTable:
    """All needs in force, by the words that say them."""

    def __init__(self, needs: Iterable[Need] = ()) -> None:
        self._needs: dict[tuple[str, ...], list[Need]] = defaultdict(list)
        self._by_bare: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for need in needs:
            if said := tuple(exact_words(need.said)):
                self._needs[said].append(need)
                self._by_bare[bare_words(said)].add(said)
        self.longest = max(map(len, self._needs), default=1)

    def phrases(self) -> set[tuple[str, ...]]:
        """Every way of saying a need. Its words count as known even where no title says them."""
        return set(self._needs)

    def of(self, words: Sequence[str], literal: Container[str] = ()) -> tuple[Need, ...]:
        """The needs that these typed words say. One bare word says none, because it may stand for several words."""
        typed = tuple(words)
        if len(typed) == 1 and typed not in self._needs:
            return ()
        said = sorted(one for one in self._by_bare.get(bare_words(typed), ()) if agrees(typed, one, literal))
        return tuple(need for one in said for need in self._needs[one])
