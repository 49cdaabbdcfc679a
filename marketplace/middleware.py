"""What happens around every request of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin
from django_structlog.middlewares import RequestMiddleware

from accounts.receivers import SIGNED_OUT
from marketplace import page_policies
from onboarding.field.doors import APP_COOKIE

COMPRESSED_TYPES = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")
# An address with one of these is itself the right to see the page, so no cache may keep what stands behind it.
SECRET_ARGUMENTS = {"signature", "reference"}
PHOTOS = f"{settings.MEDIA_URL}photos/"
SAFE_METHODS = ("GET", "HEAD")


class RequestLogMiddleware(RequestMiddleware):
    """django-structlog's, without what buyers typed: a query may be a name, and a path is what a page is called."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class BodyLimitMiddleware(MiddlewareMixin):
    """Refuses a body of more than MAX_BODY_BYTES by the length that it announces, before a byte of it is read.

    Django reads no body without an announced length. nginx and waitress have the same limit; this one holds where
    gunicorn is reached without nginx, and answers with a page that says what to do.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isascii() or not announced.isdecimal():
            return HttpResponse(status=400)
        if int(announced) <= settings.MAX_BODY_BYTES:
            return None
        megabytes = settings.MAX_BODY_BYTES // 1024**2
        return render(request, "413.html", {"megabytes": megabytes}, status=413)


class CompressionMiddleware(GZipMiddleware):
    """Django's, for text alone: a photo does not get smaller and would cost seconds.

    BREACH guesses a secret from the size of compressed pages that repeat what a stranger sent. Django masks the form
    token anew for each page and adds up to 100 random bytes to the head of each compressed answer.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(COMPRESSED_TYPES):
            return response
        return super().process_response(request, response)


class PagePolicyMiddleware(MiddlewareMixin):
    """What browsers and caches may do with each answer; what a view says itself stands."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", page_policies.PERMISSIONS)
        # Django's own pages for developers are drawn with a style and a script inside.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault("Content-Security-Policy", page_policies.content_policy(request.path))
        if request.path.startswith(PHOTOS) and response.status_code == 200:
            response.headers.setdefault("Cache-Control", page_policies.NEVER_CHANGES)
        if is_personal(request, response) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        if SIGNED_OUT in request.META:
            # What the field app keeps is encrypted and waits to be sent: signing out of the site leaves it alone.
            has_app = APP_COOKIE in request.COOKIES
            response.headers["Clear-Site-Data"] = '"cache"' if has_app else '"cache", "storage"'
        return response


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer may show what is not for everybody; the published files below MEDIA_URL never do."""
    if request.path.startswith(settings.MEDIA_URL):
        return False
    arguments = request.resolver_match.kwargs if request.resolver_match else {}
    return (
        request.method not in SAFE_METHODS
        or bool(SECRET_ARGUMENTS & arguments.keys())
        or any(name in request.COOKIES or name in response.cookies for name in settings.PERSONAL_COOKIES)
    )
