"""For every template: pages for everybody hold no form token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def no_token_for_everybody(request: HttpRequest) -> dict[str, Any]:
    """``{% csrf_token %}`` writes nothing for Django's own "NOTPROVIDED"; the origin is looked at (core.csrf)."""
    return {"csrf_token": "NOTPROVIDED"} if getattr(request, "is_for_everybody", False) else {}
