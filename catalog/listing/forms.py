"""The one-page listing form and its small companions. Every rule stands in ``data``; here is only translation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.listing.data import ListingData, completed, refusals
from catalog.listing.fields import DongField, GramsField, TypedNumberField
from catalog.models import Category, Storage
from catalog.selectors import category_tree
from catalog.units import SaleUnit
from households.forms import CommuneField
from households.models import Household

MONTHS = [(number, str(number)) for number in range(1, 13)]


class ListingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Name of the product"), max_length=200, help_text=_("For example: Tân Cương green tea, first grade")
    )
    category = forms.TypedChoiceField(label=_("Kind"), coerce=int)
    price = DongField(label=_("Price of one sale unit"), help_text=_("In dong: 120.000 or 120k"))
    sale_unit = forms.ChoiceField(label=_("Sold by"), choices=SaleUnit.choices, initial=SaleUnit.KILOGRAM)
    pieces = TypedNumberField(
        label=_("Pieces in one sale unit"), required=False, help_text=_("For a chục, box or tray: 10, 12, 14 …")
    )
    net_weight_g = GramsField(
        label=_("Weight of one sale unit"),
        required=False,
        help_text=_("For example 500 g or 1,5 kg. Not needed for kg."),
    )
    stock = TypedNumberField(label=_("How many you have to sell now"))
    harvest_months = forms.TypedMultipleChoiceField(
        label=_("Harvest months"),
        choices=MONTHS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty when it is there all year round."),
    )
    origin_commune = CommuneField(label=_("Commune where it is grown"))
    storage = forms.ChoiceField(label=_("How to keep it"), choices=Storage.choices, widget=forms.RadioSelect)
    max_transit_days = TypedNumberField(
        label=_("How many days it may travel"),
        required=False,
        help_text=_("Fresh goods: 1 or 2. Dry goods: leave empty."),
    )
    pack_weight_g = GramsField(
        label=_("Weight of one packed parcel"),
        required=False,
        help_text=_("For the postage. Left empty, we take the weight and a tenth for packing."),
    )
    description = forms.CharField(
        label=_("What buyers should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("How it is grown and made, how it tastes, how to use it."),
    )

    data_typed: ListingData | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["category"])
        kind.choices = [("", _("Choose …")), *category_choices(category_tree())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.data_typed = completed(self._typed(cleaned))
            for refusal in refusals(self.data_typed):
                self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> ListingData:
        plain = {name: cleaned[name] for name in _SAME_NAME}
        return ListingData(
            category_id=cleaned["category"],
            origin_commune_id=cleaned["origin_commune"].pk,
            sale_unit=SaleUnit(cleaned["sale_unit"]),
            storage=Storage(cleaned["storage"]),
            harvest_months=tuple(cleaned["harvest_months"]),
            **plain,
        )


_SAME_NAME = (
    "title",
    "price",
    "stock",
    "pieces",
    "net_weight_g",
    "pack_weight_g",
    "max_transit_days",
    "description",
)


def blank_listing(household: Household) -> dict[str, Any]:
    """What an empty form starts from: grown where the household lives."""
    return {"origin_commune": household.commune, "storage": Storage.AMBIENT, "sale_unit": SaleUnit.KILOGRAM}


def written_listing(data: ListingData) -> dict[str, Any]:
    """The listing as it stands, in the form's terms."""
    plain = asdict(data)
    return plain | {"category": plain["category_id"], "origin_commune": plain["origin_commune_id"]}


def category_choices(tree: list[Category]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Each root with what is below it, or itself when there is nothing; a third level is shown after its parent."""
    groups: dict[str, tuple[str, list[tuple[int, str]]]] = {}
    names = {category.path: category.local_name for category in tree}
    step = Category.steplen
    for category in tree:
        name = category.local_name
        if category.depth == 1:
            groups[category.path] = (name, [(category.pk, name)] if category.numchild == 0 else [])
        else:
            label = f"{names[category.path[:-step]]}: {name}" if category.depth > 2 else name
            groups[category.path[:step]][1].append((category.pk, label))
    return list(groups.values())


class OfferForm(forms.Form):
    """Price and stock, changed from day to day."""

    price = DongField(label=_("Price of one sale unit"))
    stock = TypedNumberField(label=_("How many you have to sell now"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The household reads it. Say what is wrong and how to mend it."),
        error_messages={"required": _("Write the reason; the household will read it.")},
    )
