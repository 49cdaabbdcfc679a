"""The pages that other search engines should know of."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Page, Site

from content.models import ProvincePage
from content.selectors import listings_by_province


def public_pages() -> list[tuple[str, datetime | None]]:
    """The path of each published page that is open to everybody, with its last change.

    A province's page is among them while the province has something on sale.
    """
    roots = Site.get_site_root_paths()
    if not roots:
        return []
    root = roots[0].root_path
    empty = ProvincePage.objects.exclude(province__in=list(listings_by_province()))
    pages = Page.objects.live().public().filter(url_path__startswith=root).exclude(pk__in=empty.values("pk"))
    return [
        (f"/{path.removeprefix(root)}", changed) for path, changed in pages.values_list("url_path", "last_published_at")
    ]
