"""``{% saving_data as is_saving %}``: whether the visitor saves data and is shown words instead of pictures."""

from __future__ import annotations

from django.template import Library

from core.data_saver import is_saving_data

register = Library()


@register.simple_tag
def saving_data() -> bool:
    return is_saving_data()
