"""``{{ number|grouped }}``: figures as Vietnam writes them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """``125800`` as "125.800", in every language; Django's own Vietnamese format leaves out the grouping."""
    return f"{number:,}".replace(",", ".")
