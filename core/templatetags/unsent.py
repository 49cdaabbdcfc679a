"""``{% typed "reason" "" action %}``: the unsent words of a field that is written in the template itself."""

from __future__ import annotations

from typing import Any

from django.template import Library

from core.unsent_forms import unsent_words

register = Library()


@register.simple_tag
def typed(name: str, otherwise: Any, sent_to: str) -> Any:
    """What was typed into the field ``name`` of the form that is sent to the address ``sent_to``."""
    words = unsent_words(sent_to)
    return otherwise if words is None else words.get(name, otherwise)
