"""The page of an unexpected failure and the reference number that leads from it to the log."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"  # no letter that is read as a digit over the phone


def new_reference() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: nothing that just failed is asked again."""
    reference = new_reference()
    request.failure_reference = reference  # type: ignore[attr-defined]  # marketplace/logs.py writes it
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
