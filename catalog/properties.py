"""What a household says of its listing: one declaration for each property, which everything that handles it follows.

A property is a column of ``Product``, an attribute of ``ListingData`` with its rules, and an entry of ``PROPERTIES``
here. The form asks in this order; the household's history names and shows what changed; the product page prints the
rows; the search index holds the facets and the texts. ``docs/architecture.md`` says how to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.fields import CommuneCodeField, DongField, GramsField, TypedNumberField
from catalog.models import Product, Storage
from catalog.units import SaleUnit, show_grams
from core.money import show_dong
from households.places.index import place_index

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class FormPart(Enum):
    """A group of fields in the form; the value is its heading."""

    PRODUCT = _("The product")
    OFFER = _("Price and quantity")
    SEASON = _("Season and origin")
    SENDING = _("Keeping and sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One thing that a household says of its listing.

    ``name`` is the same everywhere: column, attribute of ``ListingData``, form field, key in the audit row, field of
    the index. ``shown`` says a value in words; without it the history only names the property that changed.
    """

    name: str
    label: StrOrPromise
    """A noun in small letters: how the history, the product page and the facet call it."""
    part: FormPart
    field: forms.Field
    """How the form asks, and how it reads the answer."""
    shown: Callable[[Any], StrOrPromise] | None = None
    is_row: bool = False
    """Buyers read it as a row of the product page; properties without it have a place of their own there."""
    is_facet: bool = False
    """Results can be narrowed by the choices of ``field``; ``search.engines.port.Facet`` has a member of this name."""
    is_text: bool = False
    """A search for its words finds the listing."""


def _months(months: list[int] | tuple[int, ...]) -> str:
    return ", ".join(str(MONTHS[month]) for month in months)


def _days(days: int) -> str:
    return ngettext("at most %(days)s day", "at most %(days)s days", days) % {"days": days}


def _place(code: str) -> str:
    known = place_index().by_code.get(code)
    return known.label if known else code


PROPERTIES = (
    Property(
        name="title",
        label=_("product"),
        part=FormPart.PRODUCT,
        field=forms.CharField(
            label=_("Name of the product"), max_length=200, help_text=_("For example: Tân Cương green tea, first grade")
        ),
        shown=str,
    ),
    Property(
        name="category_id",
        label=_("kind"),
        part=FormPart.PRODUCT,
        field=forms.TypedChoiceField(label=_("Kind"), coerce=int),
    ),
    Property(
        name="description",
        label=_("description"),
        part=FormPart.PRODUCT,
        field=forms.CharField(
            label=_("What buyers should know"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("How it is grown and made, how it tastes, how to use it."),
        ),
        shown=str,
        is_text=True,
    ),
    Property(
        name="sale_unit",
        label=_("sold by"),
        part=FormPart.OFFER,
        field=forms.ChoiceField(label=_("Sold by"), choices=SaleUnit.choices, initial=SaleUnit.KILOGRAM),
        shown=lambda unit: SaleUnit(unit).label,
    ),
    Property(
        name="net_weight_g",
        label=_("weight of one sale unit"),
        part=FormPart.OFFER,
        field=GramsField(
            label=_("Weight of one sale unit"),
            required=False,
            help_text=_("For example 500 g or 1,5 kg. Not needed for kg."),
        ),
        shown=show_grams,
    ),
    Property(
        name="pieces",
        label=_("pieces in one sale unit"),
        part=FormPart.OFFER,
        field=TypedNumberField(
            label=_("Pieces in one sale unit"), required=False, help_text=_("For a chục, box or tray: 10, 12, 14 …")
        ),
        shown=str,
    ),
    Property(
        name="price",
        label=_("price"),
        part=FormPart.OFFER,
        field=DongField(label=_("Price of one sale unit"), help_text=_("In dong: 120.000 or 120k")),
        shown=show_dong,
    ),
    Property(
        name="stock",
        label=_("stock"),
        part=FormPart.OFFER,
        field=TypedNumberField(label=_("How many you have to sell now")),
        shown=str,
    ),
    Property(
        name="harvest_months",
        label=_("harvest months"),
        part=FormPart.SEASON,
        field=forms.TypedMultipleChoiceField(
            label=_("Harvest months"),
            choices=[(number, str(number)) for number in range(1, 13)],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Leave empty when it is there all year round."),
        ),
        shown=_months,
    ),
    Property(
        name="origin_commune_id",
        label=_("origin"),
        part=FormPart.SEASON,
        field=CommuneCodeField(label=_("Commune where it is grown")),
        shown=_place,
    ),
    Property(
        name="storage",
        label=_("storage"),
        part=FormPart.SENDING,
        field=forms.ChoiceField(
            label=_("How to keep it"), choices=Storage.choices, initial=Storage.AMBIENT, widget=forms.RadioSelect
        ),
        shown=lambda storage: Storage(storage).label,
        is_row=True,
        is_facet=True,
    ),
    Property(
        name="max_transit_days",
        label=_("on the road"),
        part=FormPart.SENDING,
        field=TypedNumberField(
            label=_("How many days it may travel"),
            required=False,
            help_text=_("Fresh goods: 1 or 2. Dry goods: leave empty."),
        ),
        shown=_days,
        is_row=True,
    ),
    Property(
        name="pack_weight_g",
        label=_("weight of one packed parcel"),
        part=FormPart.SENDING,
        field=GramsField(
            label=_("Weight of one packed parcel"),
            required=False,
            help_text=_("For the postage. Left empty, we take the weight and a tenth for packing."),
        ),
        shown=show_grams,
    ),
)
FACETS = tuple(declared for declared in PROPERTIES if declared.is_facet)


def said_changes(changes: dict[str, list[Any]]) -> Iterator[tuple[StrOrPromise, str, str]]:
    """What a listing's audit row says of its properties: the label, the value before and after in words."""
    for declared in PROPERTIES:
        if declared.name in changes:
            before, after = (in_words(declared, value) for value in changes[declared.name])
            yield declared.label, before, after


def said_of(data: Any) -> list[tuple[StrOrPromise, str]]:
    """Label and words of all that a listing, as ``ListingData``, says; the kind has no words without its category."""
    said = ((declared.label, in_words(declared, getattr(data, declared.name))) for declared in PROPERTIES)
    return [(label, text) for label, text in said if text]


def page_rows(listing: Product) -> tuple[tuple[StrOrPromise, str], ...]:
    """Label and text of each property that has a row on the product page, where the listing says something."""
    rows = (
        (declared.label, in_words(declared, getattr(listing, declared.name)))
        for declared in PROPERTIES
        if declared.is_row
    )
    return tuple((label, text) for label, text in rows if text)


def facet_values(listing: Product) -> dict[str, tuple[str, ...]]:
    """What the index holds of each property that results can be narrowed by; no value where the listing says none."""
    values: dict[str, tuple[str, ...]] = {}
    for declared in FACETS:
        value = getattr(listing, declared.name)
        several = value if isinstance(value, list) else [value]
        values[declared.name] = tuple(str(one) for one in several if one not in (None, ""))
    return values


def searched_text(listing: Product) -> str:
    """The words of the listing that are searched beside its name, a paragraph for each property."""
    texts = (in_words(declared, getattr(listing, declared.name)) for declared in PROPERTIES if declared.is_text)
    return "\n".join(text for text in texts if text)


def in_words(declared: Property, value: Any) -> str:
    """Empty for a property without words, and for a listing that says nothing of it."""
    return str(declared.shown(value)) if declared.shown and value not in (None, "", [], ()) else ""
