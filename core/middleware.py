"""Requests that nothing behind can read are answered before a view meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils.deprecation import MiddlewareMixin

from core.numbers import MAX_DIGITS

PARSED_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class ReadableRequestMiddleware(MiddlewareMixin):
    """400 for text that no database keeps and no page prints, 404 for a number in the address beyond every column.

    PostgreSQL keeps no NUL. Such text comes from no keyboard, so no form has to show it again. What is not in UTF-8
    does not come this far (core/wsgi.py).
    """

    def process_request(self, request: HttpRequest) -> None:
        if "\x00" in request.path or any("\x00" in name + value for name, value in _pairs(request.GET)):
            raise BadRequest("The address holds a NUL.")

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """After the check of the form token, which has read the form."""
        if any(isinstance(value, int) and value >= 10**MAX_DIGITS for value in kwargs.values()):
            raise Http404("No row has this number.")
        if request.content_type in PARSED_TYPES and any("\x00" in name + value for name, value in _pairs(request.POST)):
            raise BadRequest("The form holds a NUL.")


def _pairs(sent: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, values in sent.lists() for value in values]
