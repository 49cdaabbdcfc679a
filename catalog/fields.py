"""Numbers as people write them: what was typed stays in the field, what it means goes to the listing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.units import parse_grams, show_grams
from core.errors import DomainError
from core.money import parse_dong
from core.numbers import whole_number
from households.forms import CommuneField

_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")


class TypedNumberField(forms.CharField):
    """A text field that cleans to a whole number. A number input would lose what it does not understand."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except DomainError as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def read(self, text: str) -> int:
        digits = re.sub(r"[.,]", "", text) if _GROUPED.fullmatch(text) else text
        number = whole_number(digits)
        if number is None:
            raise ValidationError(_("Write a whole number, for example 20."), code="not_whole")
        return number

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class DongField(TypedNumberField):
    def read(self, text: str) -> int:
        return parse_dong(text)


class GramsField(TypedNumberField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(), **kwargs)

    def read(self, text: str) -> int:
        return parse_grams(text)

    def prepare_value(self, value: Any) -> Any:
        return show_grams(value) if isinstance(value, int) else value


class CommuneCodeField(CommuneField):
    """A commune however it is typed; cleans to its code."""

    def clean(self, value: Any) -> Any:
        commune = super().clean(value)
        return commune and commune.pk
