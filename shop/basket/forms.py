"""How many: the one question of the basket."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.basket.services import MAX_QUANTITY


class QuantityForm(forms.Form):
    """Whole numbers only: "1,5" and "abc" are answered, not guessed at."""

    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=0,
        max_value=MAX_QUANTITY,
        error_messages={
            "invalid": _("Write the quantity as a whole number, for example 2."),
            "min_value": _("Write how many you want, from 1 to 9,999."),
            "max_value": _("Write how many you want, from 1 to 9,999."),
            "required": _("Write how many you want, from 1 to 9,999."),
        },
    )
