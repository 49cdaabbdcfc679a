"""Serving pages by their address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from content.models import HomePage, ProvincePage
from content.paths import PROVINCES


def serve_page(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Wagtail's own serving, with the page found by its whole path instead of level by level."""
    if page := page_at(path):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail's own
    response: HttpResponseBase = serve(request, path)
    return response


def page_at(path: str) -> Page | None:
    """The published page that stands there; None leaves the search to Wagtail, which ends in "not found"."""
    roots = Site.get_site_root_paths()
    if not roots:
        return None
    url_path = f"{roots[0].root_path}{path}"
    likely = _likely_type(path)
    live = likely.objects.live() if likely else Page.objects.live().specific()
    page: Page | None = live.filter(url_path=url_path).first()
    return page


def _likely_type(path: str) -> type[Page] | None:
    """The busiest pages are told by their address, which saves the query that asks for a page's type."""
    if not path:
        return HomePage
    return ProvincePage if path.startswith(f"{PROVINCES}/") and path.count("/") == len("//") else None
