"""What a person sees whose link to an order has ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from shop.order.forms import FindOrderForm
from shop.order.links import LinkHasEnded


def explain_ended_link(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer an ended link with the page that finds an order by number and phone, the number filled in (410)."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, number, *args, **kwargs)
        except LinkHasEnded as error:
            form = FindOrderForm(initial={"number": number}, use_required_attribute=False)
            return render(request, "orders/find.html", {"form": form, "ended": error.message}, status=410)

    return guarded
