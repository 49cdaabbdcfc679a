"""Following an order, and answering one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from shop.order.models import OrderProblem


class FindOrderForm(forms.Form):
    number = forms.CharField(
        label=_("Order number"),
        max_length=60,
        help_text=_("It stands in the message you got, for example 261014-482193."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the order number.")},
    )
    phone = PhoneField(
        label=_("Phone number given with the order"),
        error_messages={"required": _("Write the phone number given with the order.")},
    )


class CancelForm(forms.Form):
    """Why the buyer cancels: a tap, or words; the household reads it."""

    WHY = (
        ("mind", _("I do not need it any more")),
        ("mistake", _("I ordered something wrong")),
        ("late", _("It would come too late")),
        ("dear", _("With shipping it is too dear")),
        ("other", _("Something else")),
    )

    why = forms.ChoiceField(
        label=_("Why do you cancel? The household reads it."),
        choices=WHY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )
    words = forms.CharField(label=_("In a few words"), max_length=200, required=False)

    def reason(self) -> str:
        """In words; "something else" is said by the buyer's own alone."""
        tapped = "" if self.cleaned_data["why"] == "other" else str(dict(self.WHY)[self.cleaned_data["why"]])
        return ". ".join(part for part in (tapped, self.cleaned_data["words"].strip()) if part)


class ProblemForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=OrderProblem.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    """``step`` says which button was pressed, ``sure`` that it was confirmed; the reason is read by the buyer."""

    STEPS = ("accept", "decline", "sent", "delivered", "returned", "take_back")

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    sure = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=200, required=False)
    tracking_number = forms.CharField(max_length=40, required=False)
