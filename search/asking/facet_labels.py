"""What the values of a facet are called: categories, provinces, price bands, months, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, cast

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from catalog.certificates.quality import QualityKind
from catalog.models import Category
from catalog.properties import FACETS, Property, in_words
from catalog.selectors import category_tree
from core.money import show_dong
from core.name_order import by_name
from households.models import Province
from search.engines.fields import PRICE_BANDS, band_key
from search.engines.port import Facet

Labels = Iterable[tuple[str, str, int]]
"""Value, label, depth in the tree of categories (0 elsewhere)."""


class FacetLabels:
    """The labels of every facet's values. Reads the categories and the provinces, in two queries, when it is made."""

    def __init__(self, month: int) -> None:
        """``month`` is the present one, 1 to 12, which the labels mark; 0 marks none."""
        self.month = month
        self.categories = category_tree()
        self.provinces = list(Province.objects.order_by(by_name("name")))

    def of(self, facet: Facet) -> Labels:
        """Every value of a facet with its label, in the order in which they are shown."""
        labels: Mapping[Facet, Callable[[], Labels]] = {
            Facet.CATEGORY: self._categories,
            Facet.PROVINCE: self._provinces,
            Facet.DELIVERY: self._provinces,
            Facet.PRICE: _price_bands,
            Facet.OCOP: lambda: [(str(stars), _("%(stars)s stars") % {"stars": stars}, 0) for stars in (5, 4, 3)],
            Facet.SEASON: self._months,
            Facet.CERTIFICATE: lambda: [(kind.value, str(kind.label), 0) for kind in QualityKind],
            Facet.STOCK: lambda: [("in", _("In stock"), 0)],
            **{Facet(declared.name): partial(_choices, declared) for declared in FACETS},
        }
        return labels[facet]()

    def category(self, key: str) -> Category | None:
        return next((category for category in self.categories if str(category.pk) == key), None)

    def branch(self, category: Category) -> tuple[list[Category], list[Category]]:
        """The categories above this one, from the root, and those right below it."""
        above = [other for other in self.categories if category.path.startswith(other.path) and other != category]
        below = [other for other in self.categories if other.path[: -other.steplen] == category.path]
        return above, below

    def _categories(self) -> Labels:
        return [(str(category.pk), category.local_name, category.depth - 1) for category in self.categories]

    def _provinces(self) -> Labels:
        return [(province.code, province.name, 0) for province in self.provinces]

    def _months(self) -> Labels:
        """The twelve months from the present one on, so that what is harvested now stands first."""
        year = [(self.month + later - 1) % 12 + 1 for later in range(12)]
        return [(str(month), self._month(month), 0) for month in year]

    def _month(self, month: int) -> str:
        name = str(MONTHS[month])
        return _("%(month)s (now)") % {"month": name} if month == self.month else name


def _choices(declared: Property) -> Labels:
    """The choices that the form offers for a property of listings."""
    return [(str(value), in_words(declared, value), 0) for value, _label in cast(Any, declared.field).choices if value]


def _price_bands() -> Labels:
    for low, high in PRICE_BANDS:
        if high is None:
            label = _("from %(price)s") % {"price": show_dong(low)}
        elif low == 0:
            label = _("under %(price)s") % {"price": show_dong(high + 1)}
        else:
            label = _("%(low)s to %(high)s") % {"low": show_dong(low), "high": show_dong(high + 1)}
        yield band_key(low, high), label, 0
