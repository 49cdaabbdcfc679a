"""The one-page listing form and its small companions: fields from ``catalog.properties``, rules from ``data``."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.fields import DongField, TypedNumberField
from catalog.listing.data import ListingData, completed, refusals
from catalog.models import Category
from catalog.offer.services import StockChange
from catalog.properties import PROPERTIES, FormPart
from catalog.selectors import category_tree
from core.forms import show_refusal


class ListingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data_typed: ListingData | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """``initial`` has the stock of a listing that is there already, from which a difference counts.

        Whoever saves compares ``version`` under a lock, so the stock is by then the one that the form showed.
        """
        super().__init__(*args, **kwargs)
        self.fields |= {declared.name: deepcopy(declared.field) for declared in PROPERTIES}
        if "stock" in self.initial:
            label, how = self.fields["stock"].label, _("Write +5 for five more, -2 for two less, or the new number.")
            self.fields["stock"] = StockField(label=label, help_text=how)
        kind = cast(forms.ChoiceField, self.fields["category_id"])
        kind.choices = [("", _("Choose …")), *category_choices(category_tree())]

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The heading of each part of the form with its fields."""
        named = [(part, [self[declared.name] for declared in PROPERTIES if declared.part is part]) for part in FormPart]
        return [(part.value, fields) for part, fields in named]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            if isinstance(cleaned["stock"], StockChange):
                cleaned["stock"] = cleaned["stock"].applied_to(self.initial["stock"])
            self.data_typed = completed(
                ListingData(**{declared.name: cleaned[declared.name] for declared in PROPERTIES})
            )
            for refusal in refusals(self.data_typed):
                show_refusal(self, refusal)
        return cleaned


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


class StockField(TypedNumberField):
    """A new amount, or with its sign a difference; cleans to a ``StockChange``."""

    sign = re.compile(r"[+\-−–]\s*")  # also the dashes that a keyboard writes for a minus

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(), **kwargs)  # some keyboards of digits have no sign

    def clean(self, value: Any) -> Any:
        return super().clean(value) or StockChange()

    def read(self, text: str) -> Any:
        sign = self.sign.match(text)
        if sign is None:
            return StockChange(amount=super().read(text))
        number = super().read(text[sign.end() :])
        return StockChange(difference=number if sign[0].startswith("+") else -number)


class OfferForm(forms.Form):
    """Price and stock, changed from day to day."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    price = DongField(label=_("Price of one sale unit"))
    stock = StockField(
        label=_("How many you have to sell now"),
        required=False,
        help_text=_("Write +5 for five more, -2 for two less, or the new number. Left empty it stays as it is."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The household reads it. Say what is wrong and how to mend it."),
        error_messages={"required": _("Write the reason; the household will read it.")},
    )
