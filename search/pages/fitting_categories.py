"""Categories whose name fits what was typed, in either language. The page offers them where it found no listing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from catalog.models import Category
from catalog.selectors import published_listings
from core.text import fold, has_marks
from search.language.normal import exact_words

MAX_CATEGORIES = 6
MIN_ENGLISH_LETTERS = 3
EMPTY_WORDS = frozenset(("and", "the", "for", "from", "with", "other", "products"))
_PART = re.compile(r"[,()]|\bvà\b")


def fitting_categories(text: str, categories: Iterable[Category]) -> list[Category]:
    """The fitting categories that have something on sale, in the order of the tree. One query, none where no name
    fits."""
    typed = exact_words(text)
    fitting = [category for category in categories if typed and _fits(typed, category)]
    if not fitting:
        return []
    below = published_listings().filter(categories__path__startswith=OuterRef("path"))
    named = Category.objects.filter(pk__in=[category.pk for category in fitting])
    filled = set(named.filter(Exists(below)).values_list("pk", flat=True))
    return [category for category in fitting if category.pk in filled][:MAX_CATEGORIES]


def _fits(typed: Sequence[str], category: Category) -> bool:
    """Does the text fit a Vietnamese name by its beginning, because it says the kind first, or an English one by any
    word?"""
    for part in filter(None, map(exact_words, _PART.split(category.name))):
        pairs = zip(typed, part, strict=False)
        if all(one == (other if has_marks(one) else fold(other)) for one, other in pairs):  # a bare word fits any tone
            return True
    return bool(_english(typed) & _english(exact_words(category.name_en)))


def _english(words: Iterable[str]) -> set[str]:
    """The words of an English name without "and", "other" and the like, in the singular."""
    long = (word for word in words if len(word) >= MIN_ENGLISH_LETTERS and word not in EMPTY_WORDS)
    return {word.removesuffix("s") if len(word) > MIN_ENGLISH_LETTERS else word for word in long}
