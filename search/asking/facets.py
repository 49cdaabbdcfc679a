"""What results can be narrowed by, as the page shows it: names, counts, and the address of each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.certificates.quality import QualityKind
from catalog.models import Category
from catalog.properties import FACETS, in_words
from catalog.selectors import category_tree
from core.money import show_dong
from households.models import Province
from search.asking.parameters import Parameters
from search.engines.documents import EVERYWHERE
from search.engines.fields import PRICE_BANDS, band_key
from search.engines.port import Facet, Sort

PROPERTIES = {Facet(declared.name): declared for declared in FACETS}
SHOWN = (
    Facet.CATEGORY,
    Facet.SEASON,
    Facet.PROVINCE,
    Facet.PRICE,
    Facet.OCOP,
    Facet.CERTIFICATE,
    Facet.DELIVERY,
    Facet.STOCK,
    *PROPERTIES,
)


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int
    is_chosen: bool
    url: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    title: str
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        """Facets with a choice stand open, and so do short ones."""
        return any(choice.is_chosen for choice in self.choices) or len(self.choices) <= SHORT


SHORT = 4
Counts = Mapping[str, int]
Named = Iterable[tuple[str, str, int]]
"""Value, label, depth in the tree."""


class Names:
    """Names behind the values: two queries, whatever is shown."""

    def __init__(self, month: int) -> None:
        self.month = month
        self.categories = category_tree()
        self.provinces = list(Province.objects.order_by("folded"))

    def of(self, facet: Facet, counts: Counts) -> Named:
        named: Mapping[Facet, Callable[[Counts], Named]] = {
            Facet.CATEGORY: self._categories,
            Facet.PROVINCE: self._provinces,
            Facet.DELIVERY: self._provinces,
            Facet.PRICE: _price_bands,
            Facet.OCOP: _stars,
            Facet.SEASON: self._months,
            Facet.CERTIFICATE: _certificates,
            Facet.STOCK: lambda counts: [("in", _("In stock"), 0)],
        }
        if declared := PROPERTIES.get(facet):
            choices = cast(Any, declared.field).choices
            return [(str(value), in_words(declared, value), 0) for value, _label in choices if value]
        return named[facet](counts)

    def category(self, key: str) -> Category | None:
        return next((category for category in self.categories if str(category.pk) == key), None)

    def branch(self, category: Category) -> tuple[list[Category], list[Category]]:
        """The categories above this one, from the root, and those right below it."""
        above = [other for other in self.categories if category.path.startswith(other.path) and other != category]
        below = [other for other in self.categories if other.path[: -other.steplen] == category.path]
        return above, below

    def province(self, code: str) -> Province | None:
        return next((province for province in self.provinces if province.code == code), None)

    def _categories(self, _counts: Counts) -> Named:
        return [(str(category.pk), category.local_name, category.depth - 1) for category in self.categories]

    def _provinces(self, _counts: Counts) -> Named:
        return [(province.code, province.name, 0) for province in self.provinces]

    def _months(self, _counts: Counts) -> Named:
        """The year from this month on: what is in season now stands first."""
        year = [(self.month + later - 1) % 12 + 1 for later in range(12)]
        return [(str(month), month_name(month, now=self.month), 0) for month in year]


def titles() -> dict[Facet, str]:
    return {
        Facet.CATEGORY: _("Kind of produce"),
        Facet.PROVINCE: _("Where it grows"),
        Facet.PRICE: _("Price"),
        Facet.OCOP: _("OCOP stars"),
        Facet.SEASON: _("Harvest month"),
        Facet.CERTIFICATE: _("Certificate"),
        Facet.DELIVERY: _("Delivers to"),
        Facet.STOCK: _("Stock"),
        **{facet: str(capfirst(declared.label)) for facet, declared in PROPERTIES.items()},
    }


def views(counts: Mapping[Facet, Counts], parameters: Parameters, names: Names) -> list[FacetView]:
    """The facets that leave something to choose; a chosen value is shown even when it would give nothing."""
    shown = (FacetView(titles()[facet], _choices(facet, counts.get(facet, {}), parameters, names)) for facet in SHOWN)
    return [view for view in shown if view.choices]


def sortings(parameters: Parameters) -> list[Choice]:
    labels = {
        Sort.RELEVANCE: _("Best fit"),
        Sort.CHEAPEST: _("Cheapest first"),
        Sort.DEAREST: _("Dearest first"),
        Sort.NEWEST: _("Newest first"),
    }
    return [Choice(label, 0, sort is parameters.sort, parameters.sorted_by(sort)) for sort, label in labels.items()]


def month_name(month: int, now: int) -> str:
    name = str(MONTHS[month])
    return _("%(month)s (now)") % {"month": name} if month == now else name


def _choices(facet: Facet, counts: Counts, parameters: Parameters, names: Names) -> tuple[Choice, ...]:
    chosen = set(parameters.chosen(facet))
    everywhere = counts.get(EVERYWHERE, 0)
    return tuple(
        Choice(label, counts.get(value, 0) + everywhere, value in chosen, parameters.toggled(facet, value), depth)
        for value, label, depth in names.of(facet, counts)
        if counts.get(value, 0) + everywhere or value in chosen
    )


def _price_bands(_counts: Counts) -> Named:
    for low, high in PRICE_BANDS:
        if high is None:
            label = _("from %(price)s") % {"price": show_dong(low)}
        elif low == 0:
            label = _("under %(price)s") % {"price": show_dong(high + 1)}
        else:
            label = _("%(low)s to %(high)s") % {"low": show_dong(low), "high": show_dong(high + 1)}
        yield band_key(low, high), label, 0


def _stars(_counts: Counts) -> Named:
    return [(str(stars), _("%(stars)s stars") % {"stars": stars}, 0) for stars in (5, 4, 3)]


def _certificates(_counts: Counts) -> Named:
    return [(kind.value, str(kind.label), 0) for kind in QualityKind]
