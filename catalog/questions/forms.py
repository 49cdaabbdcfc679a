"""What a buyer asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("At most 500 characters. Everybody reads it once it is answered: no phone number and no address."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
