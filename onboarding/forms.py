"""What is typed at the door and in the household's own workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from households.forms import CommuneField
from households.models import Scope

OTHER = "other"
KNOWN_BY = (
    ("neighbour", _("I know this household")),
    ("village_head", _("The head of the village confirmed it")),
    ("paper", _("I looked at an identity paper and gave it back")),
)
LASTS = ((90, _("3 months")), (365, _("1 year")), (730, _("2 years")))
WHY = (
    ("not_home", _("The head of the household is not at home")),
    ("no_time", _("The household has no time today")),
    ("no_phone", _("The phone has no battery or no signal")),
    ("does_itself", _("The household wants to do it itself")),
    ("out_of_season", _("There is nothing to sell in this season")),
    (OTHER, _("Something else")),
)


def _name(label: Any, **more: Any) -> forms.CharField:
    attrs = {"autocomplete": "off", "autocapitalize": "words"}
    return forms.CharField(label=label, max_length=120, widget=forms.TextInput(attrs=attrs), **more)


class PhoneStepForm(forms.Form):
    """First screen of a new case: one field."""

    phone = PhoneField(label=_("The household's phone number"))


class NewHouseholdForm(forms.Form):
    """Second screen of a new case. ``checked`` is asked only when the village has a household of a similar name."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    phone = PhoneField(label=_("The household's phone number"))
    head_name = _name(_("Full name of the head of the household"))
    village_name = forms.CharField(
        label=_("Village"), max_length=80, widget=forms.TextInput(attrs={"list": "villages"})
    )
    storefront_name = _name(
        _("Name of the storefront"), required=False, help_text=_("Leave it empty to take the head's name.")
    )
    checked = forms.BooleanField(label=_("I asked: it is another household"), required=False)

    def ask_to_check(self) -> None:
        self.fields["checked"].required = True

    def forget_check(self) -> None:
        del self.fields["checked"]


class IdentityForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    head_name = _name(_("Full name of the head of the household"))
    phone = PhoneField(label=_("The household's phone number"))
    village_name = forms.CharField(
        label=_("Village"), max_length=80, widget=forms.TextInput(attrs={"list": "villages"})
    )
    known_by = forms.ChoiceField(
        label=_("How do you know it is this household?"),
        choices=KNOWN_BY,
        widget=forms.RadioSelect,
        help_text=_("Never photograph an identity paper."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the household's phone"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PaperForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo of the signed paper"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )


class MandateForm(forms.Form):
    scopes = forms.MultipleChoiceField(
        label=_("The team may"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("For how long"), choices=LASTS, coerce=int, widget=forms.RadioSelect)


class GiveMandateForm(MandateForm):
    """The household's own: which team, what it may do and for how long."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, teams: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]  # a ChoiceField
        self.order_fields(["team"])


class MandatePaperForm(PaperForm, MandateForm):
    """The terms again, beside the photograph of the paper that says them."""


class StorefrontForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = _name(_("Name of the storefront"))
    story = forms.CharField(
        label=_("Story"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who you are, what you grow, how. Buyers read it."),
    )


class CorrectionForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong, and how is it right?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LeaveOutForm(forms.Form):
    """Why a step waits or is left out: a tap, or words."""

    why = forms.ChoiceField(label=_("Why?"), choices=WHY, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In a few words"), max_length=250, required=False)

    def reason(self) -> str:
        """The tapped reason in words; empty when "something else" came without any."""
        tapped = "" if self.cleaned_data["why"] == OTHER else str(dict(WHY)[self.cleaned_data["why"]])
        return ". ".join(part for part in (tapped, self.cleaned_data["words"].strip()) if part)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") == OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say why, in a few words."))
        return cleaned


class GiveUpForm(forms.Form):
    reason = forms.CharField(label=_("Why is the case given up?"), max_length=300)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name, whole phone number or code"), required=False, max_length=100)


class RegisterForm(forms.Form):
    """A household writes itself down: the phone is the one with which it signed in."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    head_name = _name(_("Full name of the head of the household"))
    commune = CommuneField(label=_("Commune or ward, and province"))
    village_name = forms.CharField(label=_("Village"), max_length=80)
    storefront_name = _name(
        _("Name of the storefront"), required=False, help_text=_("Leave it empty to take the head's name.")
    )


class OwnMemberForm(forms.Form):
    full_name = _name(_("Full name"))
    phone = PhoneField(help_text=_("With this number they sign in for the household and do all that you may."))
