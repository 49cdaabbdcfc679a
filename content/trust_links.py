"""Which of the pages that the law asks for can be read: every footer names them, and so do the pages of failures.

Read once and kept for all pages; a page that is published, or a fact that is written, has them read anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from content.language import local
from content.models import TrustPage

KEPT_SECONDS = 300
"""In a process that has not heard of the change: each has a cache of its own where there is no Redis."""
_KEY = "trust-links"


@dataclass(frozen=True, slots=True)
class TrustLink:
    kind: str
    title: str
    title_en: str
    path: str

    @property
    def local_title(self) -> str:
        return local(self.title, self.title_en)


_last_known: list[TrustLink] = []


def trust_links() -> list[TrustLink]:
    """In the order of the tree; one query, and none while they are kept."""
    links: list[TrustLink] | None = cache.get(_KEY)
    if links is None:
        links = keep_trust_links(_published())
    _last_known[:] = links
    return links


def known_trust_links() -> list[TrustLink]:
    """As this process read them last: for the page of a failure, which asks neither database nor cache."""
    return list(_last_known)


def keep_trust_links(links: list[TrustLink]) -> list[TrustLink]:
    cache.set(_KEY, links, KEPT_SECONDS)
    return links


def forget_trust_links(**_signal: Any) -> None:
    """Receiver of whatever changes them."""
    cache.delete(_KEY)


def unfinished_trust_pages() -> list[tuple[TrustPage, list[str]]]:
    """Those that readers cannot see, with the facts that they lack; a draft may lack none."""
    pages = [(page, page.missing_facts()) for page in TrustPage.objects.order_by("path")]
    return [(page, missing) for page, missing in pages if missing or not page.live]


def _published() -> list[TrustLink]:
    pages = TrustPage.objects.live().public().order_by("path")
    return [
        TrustLink(page.kind, page.title, page.title_en, f"/{page.slug}/") for page in pages if not page.missing_facts()
    ]
