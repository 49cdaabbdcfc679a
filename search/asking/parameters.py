"""The address of a search page: read into a ``SearchRequest``, and written again with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from catalog.properties import FACETS
from core.money import BadAmount, parse_dong
from core.numbers import whole_number
from search.asking.finding import Choices, SearchRequest
from search.asking.ranking import Situation
from search.engines.port import Facet, Sort

TEXT = "q"
PAGE = "page"
SORT = "sort"
PRICE_FROM, PRICE_TO = "price_from", "price_to"
NAMES = {
    Facet.CATEGORY: "category",
    Facet.PROVINCE: "province",
    Facet.PRICE: "price",
    Facet.OCOP: "ocop",
    Facet.SEASON: "season",
    Facet.CERTIFICATE: "certificate",
    Facet.DELIVERY: "deliver",
    Facet.STOCK: "stock",
    **{Facet(declared.name): declared.name for declared in FACETS},
}
CHOSEN = (*NAMES.values(), PRICE_FROM, PRICE_TO)
OURS = frozenset((TEXT, PAGE, SORT, *CHOSEN))
MAX_TEXT_LENGTH = 100
MAX_CHOICES = 40
MAX_PAGE = 400


@dataclass(frozen=True, slots=True)
class Parameters:
    """The query parameters of an address. Values that make no sense and parameters of others are left out.

    ``fixed`` are the choices that the page itself stands for, such as its category; they are no query parameters.
    """

    query: QueryDict
    path: str
    fixed: Choices = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What was typed; a text of more than ``MAX_TEXT_LENGTH`` letters ends with its last whole word."""
        typed = self.query.get(TEXT, "").replace("\x00", " ").strip()
        if len(typed) <= MAX_TEXT_LENGTH:
            return typed
        words, _space, _part = typed[: MAX_TEXT_LENGTH + 1].rpartition(" ")
        return words.rstrip() or typed[:MAX_TEXT_LENGTH]

    @property
    def sort(self) -> Sort:
        asked = self.query.get(SORT, "")
        return Sort(asked) if asked in set(Sort) else Sort.RELEVANCE

    @property
    def page(self) -> int:
        asked = whole_number(self.query.get(PAGE, "")) or 1
        return min(max(asked, 1), MAX_PAGE)

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        if facet in self.fixed:
            return ()
        asked = (value for value in self.query.getlist(NAMES[facet]) if value and "\x00" not in value)
        return tuple(dict.fromkeys(asked))[:MAX_CHOICES]

    @property
    def choices(self) -> dict[Facet, tuple[str, ...]]:
        return {facet: chosen for facet in NAMES if (chosen := self.chosen(facet))}

    @property
    def price_limits(self) -> dict[str, int]:
        typed = {name: _dong(self.query.get(name, "")) for name in (PRICE_FROM, PRICE_TO)}
        return {name: amount for name, amount in typed.items() if amount is not None}

    @property
    def named_choices(self) -> dict[str, list[str]]:
        """Everything that narrows the page, by the names of query parameters, as a saved search keeps it."""
        chosen = {NAMES[facet]: list(values) for facet, values in {**self.choices, **self.fixed}.items()}
        return chosen | {name: [str(amount)] for name, amount in self.price_limits.items()}

    @property
    def is_plain(self) -> bool:
        """Is nothing typed, chosen or sorted, so that this is the page itself or one of its later numbers?"""
        return not (self.text or self.choices or self.price_limits or self.query.get(SORT))

    def request(self, situation: Situation, facets: tuple[Facet, ...] = ()) -> SearchRequest:
        limits = self.price_limits
        return SearchRequest(
            text=self.text,
            choices={**self.choices, **self.fixed},
            fixed=self.fixed,
            facets=facets,
            price_from=limits.get(PRICE_FROM),
            price_to=limits.get(PRICE_TO),
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
        return self._address({name: [] for name in CHOSEN})

    def on_page(self, number: int) -> str:
        return self._address({PAGE: [str(number)] if number > 1 else []})

    def with_text(self, text: str) -> str:
        return self._address({TEXT: [text]})

    def here(self) -> str:
        return self.on_page(self.page)

    def canonical(self) -> str:
        """The address under which other search engines should list this page: without text, choices and order."""
        return Parameters(QueryDict(), self.path, self.fixed).on_page(self.page if self.is_plain else 1)

    def hidden_fields(self) -> list[tuple[str, str]]:
        """The hidden fields of the form of price limits: every parameter but the page, the order and the limits."""
        asked = {PAGE, SORT, PRICE_FROM, PRICE_TO}
        return [(name, value) for name, values in self._ours() if name not in asked for value in values]

    def _ours(self) -> list[tuple[str, list[str]]]:
        """The parameters that the search knows. Others, such as a form's token or a campaign's mark, are dropped."""
        fixed = {NAMES[facet] for facet in self.fixed}
        return [(name, values) for name, values in self.query.lists() if name in OURS - fixed]

    def _address(self, changed: dict[str, list[str]]) -> str:
        kept = {name: values for name, values in self._ours() if name != PAGE}
        query = QueryDict(mutable=True)
        for name, values in {**kept, **changed}.items():
            query.setlist(name, values)
        typed = query.urlencode()
        return f"{self.path}?{typed}" if typed else self.path


def _dong(text: str) -> int | None:
    """An amount as people write it; None for anything else."""
    try:
        return parse_dong(text)
    except BadAmount:
        return None
