"""For the header: how many goods are in the basket, from a cookie."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from core.numbers import whole_number
from shop.basket.middleware import COUNT_COOKIE

MAX_SHOWN = 999


def basket_count(request: HttpRequest) -> dict[str, Any]:
    """``basket_count`` for every template; what a page has just counted wins over the cookie."""
    counted = getattr(request, "basket_count", None)
    if counted is None:
        said = request.COOKIES.get(COUNT_COOKIE, "")
        counted = (whole_number(said) or 0) if len(said) < 5 else 0
    return {"basket_count": min(counted, MAX_SHOWN)}
