"""Whoever saves data gets pages without pictures: a browser says so by ``Save-Data: on``, when its owner chose it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

_is_saving: ContextVar[bool] = ContextVar("is_saving", default=False)


def asks_to_save_data(request: HttpRequest) -> bool:
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def is_saving_data() -> bool:
    """Whether the page that is being made is for somebody who saves data."""
    return _is_saving.get()


class DataSaverMiddleware:
    """Tells the partial of pictures (core.templatetags.pictures), which sees no request where it is included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = _is_saving.set(asks_to_save_data(request))
        try:
            return self.get_response(request)
        finally:
            _is_saving.reset(before)
