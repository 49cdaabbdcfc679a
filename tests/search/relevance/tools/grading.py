"""From what a query means to grades, by the rules of RULES.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.search.relevance.tools.places import bare
from tests.search.relevance.tools.products import Product

PERFECT, GOOD, FAIR, NO = 3, 2, 1, 0
_ATTRIBUTE = re.compile(
    r"(?P<place>@[^#*<>@;]+)|#(?P<grams>\d+)|\*(?P<stars>\d)|<(?P<below>\d+)|>(?P<above>\d+)"
    r"|m:(?P<month>\d+)|form:(?P<form>\w+)|(?P<key>cat|name|unit):(?P<text>[^@#*<>;]+)"
)
KIN = {("trà", "trà thảo mộc"): GOOD, ("gạo", "gạo nếp"): GOOD, ("khoai môn", "khoai sọ"): GOOD, ("cua", "ghẹ"): FAIR}
WEAKER_FORMS = {"dried": GOOD}


@dataclass
class Meaning:
    """One selector: a thing, its variety, and what else the buyer said of it."""

    grade: int = PERFECT
    thing: str = ""
    variety: str = ""
    place: str = ""
    grams: int | None = None
    stars: int | None = None
    below: int | None = None
    above: int | None = None
    month: int | None = None
    form: str | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def of(self, product: Product) -> int:
        kind = self._of_kind(product)
        if not kind or self._outside_price(product):
            return NO
        return min(kind, self._of_attributes(product), self.grade)

    def _of_kind(self, product: Product) -> int:
        if not all(_says(product, key, text) for key, text in self.texts.items()):
            return NO
        if not self.thing:
            return PERFECT
        if product.thing != self.thing:
            kin = KIN.get((self.thing, product.thing))
            return self._as_ingredient(product) if kin is None else min(kin, FAIR) if self.variety else kin
        if self.form is None and not self.texts:
            grade = PERFECT if product.is_usual_form else WEAKER_FORMS.get(product.form, FAIR)
            grade = PERFECT if self.variety and product.variety == self.variety else grade
        else:
            grade = PERFECT
        return min(grade, FAIR) if self.variety and product.variety != self.variety else grade

    def _as_ingredient(self, product: Product) -> int:
        """Made of it, and the name says so."""
        return FAIR if self.thing in product.made_of and self.thing in product.name.lower() else NO

    def _outside_price(self, product: Product) -> bool:
        below, above = self.below, self.above
        return (below is not None and product.price > below * 1000) or (
            above is not None and product.price < above * 1000
        )

    def _of_attributes(self, product: Product) -> int:
        """All that was said: perfect. The thing without it: fair. With a category instead of a thing: nothing."""
        miss = FAIR if self.thing else NO
        wrong = [
            self.grams is not None and product.net_weight_g != self.grams,
            self.stars is not None and product.stars != self.stars,
            self.month is not None and self.month not in product.months,
            self.form is not None and product.form != self.form,
            bool(self.place) and not _is_from(product, self.place),
        ]
        return miss if any(wrong) else PERFECT


def meanings(text: str) -> list[Meaning]:
    """ "thịt trâu/gác bếp @Sơn La; 1=thịt bò": selectors, each with the best grade it gives."""
    return [_meaning(part.strip()) for part in text.split(";")]


def grades(found: Iterable[Meaning], products: Iterable[Product]) -> dict[str, int]:
    """The best grade that any selector gives to each product, without the zeros."""
    chosen = list(found)
    graded = {product.sku: max(meaning.of(product) for meaning in chosen) for product in products}
    return {sku: grade for sku, grade in graded.items() if grade}


def _meaning(text: str) -> Meaning:
    meaning = Meaning()
    if explicit := re.match(r"([123])=", text):
        meaning.grade, text = int(explicit[1]), text[2:]
    for found in _ATTRIBUTE.finditer(text):
        _attribute(meaning, found)
    meaning.thing, _, meaning.variety = _ATTRIBUTE.sub("", text).strip().partition("/")
    return meaning


def _attribute(meaning: Meaning, found: re.Match[str]) -> None:
    if found["place"]:
        meaning.place = found["place"][1:].strip()
    elif found["key"]:
        meaning.texts[found["key"]] = found["text"].strip()
    elif found["form"]:
        meaning.form = found["form"]
    else:
        name = found.lastgroup or ""
        setattr(meaning, name, int(found[name]))


def _is_from(product: Product, place: str) -> bool:
    return bare(place) in product.place.names or place in product.name


def _says(product: Product, key: str, text: str) -> bool:
    return text in {"cat": product.category, "name": product.name, "unit": product.unit}[key]
