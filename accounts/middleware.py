"""Staff pages as a whole stand behind the second factor; forms that a closed door refused keep their words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from accounts.busy import busy_with_the_form
from accounts.guards import stop_before_staff_page
from accounts.unsent_forms import (
    ARGUMENT,
    forget_form,
    is_sign_in,
    keep_form,
    kept_form,
    remember_person,
    without_argument,
)
from core.private_files import NO_ROOM, found_no_room
from core.transactions import is_busy
from core.unsent_forms import words_in_forms

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StaffPagesMiddleware:
    """Whatever the views below STAFF_PATHS forget."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_staff_page = request.path_info.startswith(settings.STAFF_PATHS)
        return (is_staff_page and stop_before_staff_page(request)) or self.get_response(request)


class UnsentFormsMiddleware:
    """Keeps what was typed where a POST is sent to a sign-in page or refused, and shows it at its address.

    The pages of refusals read ``request.unsent_form``, which keeps the form when it is read; on a page that shows the
    words again it is the form of before.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            response = self._take(request)
        elif ARGUMENT in request.GET:
            response = self._show(request)
        else:
            response = self.get_response(request)
        remember_person(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A database that is busy to the last try, and a file that finds no room, lose nothing that was typed."""
        if is_busy(exception):
            log.error("The database stayed busy: %s %s", request.method, request.path, exc_info=exception)
            return busy_with_the_form(request)
        if not (found_no_room(exception) and request.FILES):
            return None
        log.error("An upload found no room", exc_info=exception)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # Wagtail's page for several pictures at once
            return JsonResponse({"success": False, "error_message": str(NO_ROOM)})
        messages.error(request, NO_ROOM)
        unsent = getattr(request, "unsent_form", None)
        return redirect(unsent.address if unsent else request.get_full_path())

    def _take(self, request: HttpRequest) -> HttpResponseBase:
        unsent = SimpleLazyObject(lambda: keep_form(request))
        request.unsent_form = unsent  # type: ignore[attr-defined]  # read by the pages of refusals
        response = self.get_response(request)
        url = getattr(response, "url", "")
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query))
        if REDIRECT_FIELD_NAME in asked and is_sign_in(parts.path):
            if unsent:
                asked[REDIRECT_FIELD_NAME] = unsent.address
                response.headers["Location"] = f"{parts.path}?{urlencode(asked)}"
        elif response.status_code < 400 and ARGUMENT not in url:
            forget_form(request)
        return response

    def _show(self, request: HttpRequest) -> HttpResponseBase:
        unsent = kept_form(request)
        if unsent is None:
            return redirect(without_argument(request.get_full_path()))
        if unsent.person and not request.user.is_authenticated:
            response = self.get_response(request)  # most pages with such a form ask to sign in
            return redirect_to_login(request.get_full_path()) if response.status_code == 200 else response
        request.unsent_form = unsent  # type: ignore[attr-defined]  # read by partials/messages.html
        with words_in_forms(unsent.as_sent(), unsent.path):
            return self.get_response(request)
