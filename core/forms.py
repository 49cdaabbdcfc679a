"""How a form looks: `{{ form }}` and `{{ form.phone.as_field_group }}` give our markup everywhere."""

from __future__ import annotations

from typing import Any, TypeVar

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from core.errors import ChangedMeanwhile, DomainError
from core.unsent_forms import UnsentBoundField

F = TypeVar("F", bound=BaseForm)


class FormRenderer(TemplatesSetting):
    form_template_name = "partials/form.html"
    field_template_name = "partials/field.html"
    bound_field_class = UnsentBoundField


def show_refusal(form: BaseForm, refusal: DomainError) -> None:
    """Put the refusal at the field it is about, or above the form where that field is not in it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def typed_again(form: F, refusal: ChangedMeanwhile, **renewed: str) -> F:
    """What was typed, now under the version that stands: sent again as it is, it replaces the other one.

    ``renewed`` are fields that nobody types and that a form which is sent again needs anew, such as its key.
    """
    typed: Any = form.data.copy()  # type: ignore[attr-defined]  # what a request sent: a QueryDict
    for name, value in renewed.items():
        typed[form.add_prefix(name)] = value
    typed[form.add_prefix("version")] = str(refusal.version)
    again = type(form)(typed, initial=form.initial)
    again.add_error(None, str(refusal))
    return again
