"""The two short steps of ordering: to whom and where; then how it is paid."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from households.forms import CommuneField
from shop.payment.methods import offered_methods
from shop.payment.models import PaymentMethod


class RecipientForm(forms.Form):
    """Phone first: it is what the parcel service and the household need most."""

    phone = PhoneField(
        help_text=_("The household and the carrier call this number."),
        error_messages={"required": _("Write a phone number where you can be called.")},
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name of the person who receives the goods.")},
    )
    commune = CommuneField(label=_("Commune or ward, and province"))
    address = forms.CharField(
        label=_("House number, street, village"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def carried(self) -> dict[str, str]:
        """What was typed, settled, to carry to the next step in hidden inputs."""
        data = self.cleaned_data
        return {
            "phone": data["phone"],
            "name": data["name"],
            "commune": data["commune"].pk,
            "address": data["address"],
        }


class ConfirmForm(forms.Form):
    """``placement_key`` makes a double click one order; ``expected_total`` is what the buyer saw."""

    payment_method = forms.ChoiceField(label=_("How do you pay?"), widget=forms.RadioSelect)
    placement_key = forms.UUIDField(widget=forms.HiddenInput)
    expected_total = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payment_method"].choices = offered_methods()  # type: ignore[attr-defined]  # a ChoiceField


def confirm_form(total: int, chosen: str = "", key: str = "") -> ConfirmForm:
    """A confirmation of ``total``; keeps the way to pay already chosen and the key of this placement."""
    return ConfirmForm(
        initial={
            "payment_method": chosen if chosen in PaymentMethod.values else PaymentMethod.CASH_ON_DELIVERY,
            "placement_key": _as_key(key),
            "expected_total": total,
        },
        use_required_attribute=False,
    )


def _as_key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
