"""What people type where everybody reads it. The services check its length: a browser's limit cuts pasted words off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PublicAnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Everybody reads it. No phone number and no address."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
