"""Form fields about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.phones import BadPhone, parse_phone


class PhoneField(forms.CharField):
    """A phone number however it is written; cleaned to E.164. The form keeps what was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_phone(text)
        except BadPhone as error:
            raise forms.ValidationError(str(error), code=error.code) from error
