"""Saved searches: kept once for each text and choices, however typed, under a label that their owner recognises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from core.locks import lock_row
from core.money import show_dong
from core.numbers import whole_number
from core.text import nfc
from core.transactions import in_transaction
from search.asking.facet_labels import FacetLabels
from search.asking.parameters import CHOSEN, MAX_TEXT_LENGTH, NAMES, PRICE_FROM, PRICE_TO, TEXT, Parameters
from search.engines.port import Facet
from search.language.normal import exact_words
from search.models import SavedSearch

MAX_SAVED = 20
NAMED_FIRST = (Facet.CATEGORY, Facet.OCOP, Facet.CERTIFICATE, Facet.PROVINCE, Facet.SEASON, Facet.DELIVERY)
"""The order of the facets in a label; the others and the price follow."""


class NothingToSave(DomainError):
    code = "nothing_to_save"


class TooManySaved(DomainError):
    code = "too_many_saved"


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """The text and the choices of a search in the form in which it is kept and compared."""

    text: str
    choices: dict[str, list[str]]
    is_saved: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.choices)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The query parameters, as a form or an address has them."""
        chosen = [(name, value) for name in CHOSEN for value in self.choices.get(name, ())]
        return [(TEXT, self.text), *chosen] if self.text else chosen


def normalised_terms(text: str, choices: Mapping[str, Sequence[str]]) -> SearchTerms:
    """The terms without differences that make no other search: capitals, spaces, the order of choices. A text without
    any word becomes empty."""
    typed = nfc(" ".join(nfc(text).casefold().split()))[:MAX_TEXT_LENGTH] if exact_words(text) else ""
    return SearchTerms(typed, {name: sorted(set(choices[name])) for name in CHOSEN if choices.get(name)})


def terms_of_page(user: User | AnonymousUser, parameters: Parameters) -> SearchTerms:
    """The terms of a page of results, and whether this person has saved them."""
    terms = normalised_terms(parameters.text, parameters.named_choices)
    return SearchTerms(terms.text, terms.choices, bool(terms) and user.is_authenticated and _kept(user, terms).exists())


def saved_by(user: User | AnonymousUser) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(user_id=user.pk or 0)


@in_transaction
def save_search(*, user: User, text: str, choices: Mapping[str, Sequence[str]], now: datetime) -> SavedSearch:
    """Save a search; one that is there already is returned. Raises NothingToSave and TooManySaved."""
    terms = normalised_terms(text, choices)
    if not terms:
        raise NothingToSave(_("Write what you are looking for, or choose something, before you save the search."))
    lock_row(User.objects.all(), pk=user.pk)
    if there := _kept(user, terms).first():
        return there
    if saved_by(user).count() >= MAX_SAVED:
        raise TooManySaved(_("You have saved as many searches as there is room for. Forget one first."))
    return SavedSearch.objects.create(
        user=user, text=terms.text, choices=terms.choices, created_at=now, heard_until=now
    )


def forget_search(*, saved: SavedSearch) -> None:
    saved.delete()


def shown_searches(user: User) -> list[dict[str, Any]]:
    """The person's searches with their names and addresses, in a fixed number of queries."""
    labels = FacetLabels(month=0)  # no month is "now" in a search that is kept
    return [
        {"pk": saved.pk, "address": parameters_of(saved).here(), "label": label_of(saved, labels)}
        for saved in saved_by(user)
    ]


def parameters_of(saved: SavedSearch | SearchTerms) -> Parameters:
    query = QueryDict(mutable=True)
    query[TEXT] = saved.text
    for name in CHOSEN:  # a database keeps the order of keys, or it does not
        if values := saved.choices.get(name):
            query.setlist(name, values)
    return Parameters(query, reverse("search:search"))


def label_of(saved: SavedSearch | SearchTerms, labels: FacetLabels | None = None) -> str:
    """The label of a search: "gạo · 4 sao · Thái Nguyên · dưới 200.000 đ"."""
    parameters = parameters_of(saved)
    said = [saved.text, *_choices(parameters, labels or FacetLabels(month=0)), _limits(parameters.price_limits)]
    return " · ".join(filter(None, said))


def _kept(user: User | AnonymousUser, terms: SearchTerms) -> QuerySet[SavedSearch]:
    return saved_by(user).filter(text=terms.text, choices=terms.choices)


def _choices(parameters: Parameters, labels: FacetLabels) -> Iterator[str]:
    ordered = (*NAMED_FIRST, *(facet for facet in NAMES if facet not in NAMED_FIRST))
    for facet in ordered:
        if values := parameters.chosen(facet):
            known = {value: label for value, label, _depth in labels.of(facet)}
            yield from (_said(facet, value, known.get(value, value)) for value in values)


def _said(facet: Facet, value: str, label: str) -> str:
    """The label of one value, with a word more where it could be taken for something else."""
    if facet is Facet.DELIVERY:
        return gettext("delivered to %(place)s") % {"place": label}
    if facet is Facet.SEASON and (month := whole_number(value)) in MONTHS:
        return gettext("harvested in %(month)s") % {"month": str(MONTHS[month]).lower()}
    return label


def _limits(limits: Mapping[str, int]) -> str:
    low, high = limits.get(PRICE_FROM), limits.get(PRICE_TO)
    if low is not None and high is not None:
        return gettext("%(low)s to %(high)s") % {"low": show_dong(low), "high": show_dong(high)}
    if low is not None:
        return gettext("from %(price)s") % {"price": show_dong(low)}
    return gettext("under %(price)s") % {"price": show_dong(high)} if high is not None else ""
