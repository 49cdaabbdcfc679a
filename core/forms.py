"""How a form looks: `{{ form }}` and `{{ form.phone.as_field_group }}` give our markup everywhere."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "partials/form.html"
    field_template_name = "partials/field.html"
