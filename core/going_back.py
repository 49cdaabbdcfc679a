"""Where a small form stood, so that whoever sent it comes back there."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def page_before(request: HttpRequest, *, otherwise: str, referer: bool = False) -> str:
    """The page that the form names as ``next``, or with ``referer`` the one that sent it; only a page of ours."""
    before = request.POST.get("next") or (request.headers.get("Referer", "") if referer else "")
    return before if is_ours(before, request) else otherwise


def is_ours(address: str, request: HttpRequest) -> bool:
    """Whether an address that was sent leads to a page of this site, from its root.

    ``redirect`` would read anything else as the name of a route.
    """
    return address.startswith(("/", "http://", "https://")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
