"""The pages of an unexpected failure, with the number that leads from it to the log, and of a database that is busy."""

from __future__ import annotations

import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.transactions import is_busy

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"  # no letter that is read as a digit over the phone
RETRY_AFTER_SECONDS = 5
"""Longer than a service itself waits between its tries (core/transactions.py)."""


def new_reference() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Drawn without the request: nothing that just failed is asked again."""
    if is_busy(sys.exc_info()[1]):  # in a middleware: a view's is answered by accounts.middleware
        return busy(request, address=request.get_full_path())
    reference = new_reference()
    request.failure_reference = reference  # type: ignore[attr-defined]  # marketplace/logs.py writes it
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def busy(request: HttpRequest, **said: Any) -> HttpResponseBase:
    """503 and Retry-After; JSON for a program. Drawn without the request too: the page asks no database.

    ``address`` is where the button leads. ``fields`` are pairs of a name and a value that it sends there again, with
    ``csrf_token``; ``form_address`` is where the form stands that cannot be sent again by a button.
    """
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        message = _("Many people are ordering and writing at this moment. Nothing was saved. Please try again.")
        return JsonResponse({"error": "busy", "message": message}, status=503, headers=headers)
    page = render_to_string("503.html", {"address": request.get_full_path(), **said})
    return HttpResponse(page, status=503, headers=headers)
