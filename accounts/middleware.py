"""Staff pages as a whole stand behind the second factor, whatever their views forget."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.guards import stop_before_staff_page


class StaffPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_staff_page = request.path_info.startswith(settings.STAFF_PATHS)
        return (is_staff_page and stop_before_staff_page(request)) or self.get_response(request)
