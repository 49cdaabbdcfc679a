"""What a reader meets when the database was too busy to the last try: what was sent waits to be sent again."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token

from accounts.unsent_forms import SECRET_NAME, is_sign_in
from core.failures import busy


def busy_with_the_form(request: HttpRequest) -> HttpResponseBase:
    """503 with what this request sent, under a button that sends it again.

    A page does not carry secrets and cannot carry files: of a form with one of these the words wait in the session,
    as after a refusal, and the page leads to the form that has them.
    """
    if request.method != "POST":
        return busy(request)
    said: dict[str, Any] = {"csrf_token": get_token(request), "address": request.get_full_path()}
    words = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    if request.FILES or is_sign_in(request.path) or any(SECRET_NAME.search(name) for name, _values in words):
        said["form_address"] = _kept_form_address(request)
    else:
        said["fields"] = [(name, value) for name, values in words for value in values]
    return busy(request, **said)


def _kept_form_address(request: HttpRequest) -> str:
    """Where the form stands with its words; without them where the session cannot be written either."""
    unsent = getattr(request, "unsent_form", None)
    if not unsent:
        return request.get_full_path()
    address: str = unsent.address
    with suppress(Error):
        request.session.save()  # Django saves none with an answer of 500 and above
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return address
    return str(unsent.page)
