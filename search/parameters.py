"""The address of a search page: read into a question, and written back with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from marketplace.core.money import BadAmount, parse_dong
from search.finding import Ask
from search.port import Facet, Sort
from search.ranking import Situation

TEXT = "q"
PAGE = "page"
SORT = "sort"
NAMES = {
    Facet.CATEGORY: "category",
    Facet.PROVINCE: "province",
    Facet.PRICE: "price",
    Facet.OCOP: "ocop",
    Facet.SEASON: "season",
    Facet.CERTIFICATE: "certificate",
    Facet.DELIVERY: "deliver",
    Facet.STOCK: "stock",
}
LONGEST_TEXT = 100
MOST_CHOICES = 40
LAST_PAGE = 400


@dataclass(frozen=True, slots=True)
class Parameters:
    """What stands behind the question mark. Nonsense is read as if it were not there."""

    query: QueryDict
    path: str

    @property
    def text(self) -> str:
        return self.query.get(TEXT, "").replace("\x00", " ").strip()[:LONGEST_TEXT]

    @property
    def sort(self) -> Sort:
        asked = self.query.get(SORT, "")
        return Sort(asked) if asked in set(Sort) else Sort.RELEVANCE

    @property
    def page(self) -> int:
        asked = self.query.get(PAGE, "")
        return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        asked = (value for value in self.query.getlist(NAMES[facet]) if value and "\x00" not in value)
        return tuple(dict.fromkeys(asked))[:MOST_CHOICES]

    @property
    def choices(self) -> dict[Facet, tuple[str, ...]]:
        return {facet: chosen for facet in NAMES if (chosen := self.chosen(facet))}

    @property
    def named_choices(self) -> dict[str, list[str]]:
        """The choices as they stand in the address; what a saved search keeps."""
        return {NAMES[facet]: list(values) for facet, values in self.choices.items()}

    def ask(self, situation: Situation, facets: tuple[Facet, ...] = ()) -> Ask:
        return Ask(
            text=self.text,
            choices=self.choices,
            facets=facets,
            price_from=_dong(self.query.get("price_from", "")),
            price_to=_dong(self.query.get("price_to", "")),
            sort=self.sort,
            page=self.page,
            situation=situation,
        )

    def toggled(self, facet: Facet, value: str) -> str:
        """The same search with one choice more or one less, from its first page."""
        chosen = list(self.chosen(facet))
        chosen.remove(value) if value in chosen else chosen.append(value)
        return self._address({NAMES[facet]: chosen})

    def only(self, facet: Facet, value: str) -> str:
        return self._address({NAMES[facet]: [value]})

    def sorted_by(self, sort: Sort) -> str:
        return self._address({SORT: [sort.value]})

    def without_choices(self) -> str:
        return self._address({name: [] for name in (*NAMES.values(), "price_from", "price_to")})

    def on_page(self, number: int) -> str:
        return self._address({PAGE: [str(number)]})

    def with_text(self, text: str) -> str:
        return self._address({TEXT: [text]})

    def hidden_fields(self) -> list[tuple[str, str]]:
        """What a form beside the results must carry along: everything but the page and what the form asks itself."""
        asked = {PAGE, SORT, "price_from", "price_to"}
        return [(name, value) for name, values in self.query.lists() if name not in asked for value in values]

    def _address(self, changed: dict[str, list[str]]) -> str:
        query = self.query.copy()
        query.pop(PAGE, None)
        for name, values in changed.items():
            query.setlist(name, values)
        return f"{self.path}?{query.urlencode()}"


def _dong(text: str) -> int | None:
    """An amount as people write it; None for anything else."""
    try:
        return parse_dong(text)
    except BadAmount:
        return None
