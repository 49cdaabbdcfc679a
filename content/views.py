"""Serving pages by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Wagtail's own serving, with the page found by its whole path in two queries instead of two per level."""
    if page := page_at(path):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return serve(request, path)


def page_at(path: str) -> Page | None:
    """The published page that stands there; None leaves the search to Wagtail, which ends in "not found"."""
    roots = Site.get_site_root_paths()
    if not roots:
        return None
    return Page.objects.live().filter(url_path=f"{roots[0].root_path}{path}").specific().first()
