"""The facets of a page of results: each value with its label, its count and the address that chooses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.properties import FACETS
from search.asking.facet_labels import FacetLabels
from search.asking.parameters import Parameters
from search.engines.documents import EVERYWHERE
from search.engines.port import Facet, Sort

SHOWN = (
    Facet.CATEGORY,
    Facet.SEASON,
    Facet.PROVINCE,
    Facet.PRICE,
    Facet.OCOP,
    Facet.CERTIFICATE,
    Facet.DELIVERY,
    Facet.STOCK,
    *(Facet(declared.name) for declared in FACETS),
)
"""The facets of the page, in their order there."""

MAX_CHOICES_SHOWN_OPEN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that chooses or drops one value; ``depth`` indents a category below its parent."""

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
        """A facet is shown open when one of its values is chosen, or when it has few."""
        return any(choice.is_chosen for choice in self.choices) or len(self.choices) <= MAX_CHOICES_SHOWN_OPEN


Counts = Mapping[str, int]


def facet_views(counts: Mapping[Facet, Counts], parameters: Parameters, labels: FacetLabels) -> list[FacetView]:
    """The facets that leave something to choose. A chosen value is shown even when it finds nothing."""
    titles = {
        Facet.CATEGORY: _("Kind of produce"),
        Facet.PROVINCE: _("Where it grows"),
        Facet.PRICE: _("Price"),
        Facet.OCOP: _("OCOP stars"),
        Facet.SEASON: _("Harvest month"),
        Facet.CERTIFICATE: _("Certificate"),
        Facet.DELIVERY: _("Delivers to"),
        Facet.STOCK: _("Stock"),
        **{Facet(declared.name): str(capfirst(declared.label)) for declared in FACETS},
    }
    shown = (FacetView(titles[facet], _choices(facet, counts.get(facet, {}), parameters, labels)) for facet in SHOWN)
    return [view for view in shown if view.choices]


def sort_choices(parameters: Parameters) -> list[Choice]:
    labels = {
        Sort.RELEVANCE: _("Best fit"),
        Sort.CHEAPEST: _("Cheapest first"),
        Sort.DEAREST: _("Dearest first"),
        Sort.NEWEST: _("Newest first"),
    }
    return [Choice(label, 0, sort is parameters.sort, parameters.sorted_by(sort)) for sort, label in labels.items()]


def _choices(facet: Facet, counts: Counts, parameters: Parameters, labels: FacetLabels) -> tuple[Choice, ...]:
    chosen = set(parameters.chosen(facet))
    everywhere = counts.get(EVERYWHERE, 0)  # what is sent everywhere counts for each province
    return tuple(
        Choice(label, counts.get(value, 0) + everywhere, value in chosen, parameters.toggled(facet, value), depth)
        for value, label, depth in labels.of(facet)
        if counts.get(value, 0) + everywhere or value in chosen
    )
