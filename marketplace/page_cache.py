"""Pages for everybody, made once and given to strangers until something that they show changes. Why: docs/adr/0040."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags

from core.data_saver import asks_to_save_data
from core.editions import edition
from core.language import chosen_language
from core.momentary import watch_for_momentary
from marketplace.page_generations import generation_of_listing
from marketplace.page_policies import OPEN_PAGES, REVALIDATED

LISTING_PAGE = "catalogue:detail"
MAX_ADDRESS = 500
"""Characters; longer ones are made up."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was sent, and the generations from which it was made; ``listing`` is the one whose page it is."""

    edition: str
    listing: int | None
    listing_generation: str
    headers: dict[str, str]
    body: bytes

    def is_current(self, holds: str) -> bool:
        if self.edition != holds:
            return False
        return self.listing is None or generation_of_listing(self.listing) == self.listing_generation

    def answer(self, request: HttpRequest) -> HttpResponse:
        etag = self.headers["ETag"]
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            kept = {name: self.headers[name] for name in ("ETag", "Cache-Control", "Vary") if name in self.headers}
            return HttpResponseNotModified(headers=kept)
        return HttpResponse(self.body, headers=self.headers)


class PageCacheMiddleware:
    """Answers strangers who ask for a page of OPEN_PAGES.

    A stranger brings no cookie of ours but language and form token; whoever brings any other, known to us or not, is
    served anew, and nothing of that is kept. What is kept holds no form token and sets no cookie. The generation is
    read before the page is made: a page that was overtaken by a change is kept under the generation before it, which
    nobody asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_stranger(request):
            return self.get_response(request)
        request.is_from_stranger = True  # type: ignore[attr-defined]  # read by process_view
        holds = edition()
        key = _key(request) if holds else ""
        kept: KeptPage | None = caches["pages"].get(key) if holds else None
        if kept is not None and kept.is_current(holds):
            return kept.answer(request)
        with watch_for_momentary() as momentary:
            response = self.get_response(request)
        if not _is_for_everybody(request, response):
            return response
        _strip(response)
        if holds and not momentary:
            page = _keep(request, response, holds)
            caches["pages"].set(key, page, settings.PAGE_CACHE_SECONDS)
            return page.answer(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Before the view reads anything."""
        match = request.resolver_match
        if match is None or match.view_name not in OPEN_PAGES or not getattr(request, "is_from_stranger", False):
            return
        request.is_for_everybody = True  # type: ignore[attr-defined]  # read here and by marketplace.context
        if match.view_name == LISTING_PAGE and settings.PAGE_CACHE_SECONDS:
            request.listing_generation = generation_of_listing(kwargs["pk"])  # type: ignore[attr-defined]  # read when the page is kept


def is_stranger(request: HttpRequest) -> bool:
    """Whether nothing in the request tells one visitor from another, and a page may be read for it."""
    if request.method != "GET" or request.META.get("CONTENT_LENGTH") not in (None, "", "0"):
        return False
    if "HTTP_AUTHORIZATION" in request.META or len(request.get_full_path()) > MAX_ADDRESS:
        return False
    return request.COOKIES.keys() <= {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def _is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        getattr(request, "is_for_everybody", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


def _strip(response: HttpResponseBase) -> None:
    """Caches may keep it if they ask us each time; then no Vary is needed for those who bring cookies."""
    others = [name for name in response.get("Vary", "").split(",") if name.strip().lower() not in ("", "cookie")]
    del response.headers["Vary"]
    if others:
        response.headers["Vary"] = ",".join(others).strip()
    response.headers["Cache-Control"] = REVALIDATED


def _keep(request: HttpRequest, response: Any, holds: str) -> KeptPage:
    body: bytes = response.content
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    headers = {**response.headers, "ETag": f'"{digest}"'}
    if not has_vary_header(response, "Accept-Encoding"):
        headers["Vary"] = ", ".join(filter(None, (response.get("Vary"), "Accept-Encoding")))
    moved = getattr(request, "listing_generation", None)
    listing = None if moved is None or request.resolver_match is None else request.resolver_match.kwargs["pk"]
    return KeptPage(holds, listing, moved or "", headers, body)


def _key(request: HttpRequest) -> str:
    """What a page for everybody depends on. A host that is not ours is refused by what comes after."""
    try:
        host = request.get_host()
    except DisallowedHost:
        host = ""
    saving = asks_to_save_data(request)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = (request.scheme or "", host, chosen_language(request), str(packed), str(saving), request.get_full_path())
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
