"""robots.txt and the sitemap, which tell other search engines where they may go and what there is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.storefront.structured_data import absolute
from search.pages.sitemaps import SITEMAPS

CLOSED = (
    *settings.STAFF_PATHS,
    "/bao-cao/",
    "/dang-nhap/",
    "/dat-hang/",
    "/don-hang/",
    "/gio-hang/",
    "/hop-tin/",
    "/tai-khoan/",
    "/thanh-toan/",
    "/noi-giao/",
    "/yeu-thich/",
    "/tim/da-luu/",
    "/tim/goi-y/",
    "/tim/luu/",
)
"""Paths that belong to one person or are no pages. Pages of results are not among them: crawlers may follow their
links, and the pages themselves say noindex."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of all files of the sitemap. Django's own view would take their domain from the table of sites."""
    files = [item for section in SITEMAPS for item in _files(section)]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_safe
def sitemap_file(request: HttpRequest, section: str) -> HttpResponseBase:
    return views.sitemap(request, dict(SITEMAPS), section=section)


def _files(section: str) -> list[SitemapIndexItem]:
    sitemap, address = SITEMAPS[section](), absolute(reverse("sitemap-file", args=[section]))
    latest: Any = sitemap.get_latest_lastmod()
    pages = range(1, sitemap.paginator.num_pages + 1)
    return [SitemapIndexItem(f"{address}?p={page}" if page > 1 else address, latest) for page in pages]
