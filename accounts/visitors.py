"""Where a visitor comes from, also behind a proxy: for counting attempts, never for identity."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's network address as the outermost proxy we trust saw it (TRUSTED_PROXY_COUNT)."""
    return str(get_adapter().get_client_ip(request))
