"""What a visitor reports of a listing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.flags.models import ListingFlag


class FlagForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ListingFlag.Reason.choices,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=_("What should the operators look at? At most 1,000 characters; only operators read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
