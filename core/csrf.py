"""A form without a form token is taken from pages of ours: browsers say where it comes from. Why: docs/adr/0040."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


class OriginCsrfMiddleware(CsrfViewMiddleware):
    """Django's, which looks at the token where one was sent, and at the origin where none was.

    Pages for everybody come out of a cache and hold no token, because a token is one visitor's. A token that was sent
    is still checked, and a wrong Origin or Referer refuses before either.
    """

    def _check_token(self, request: HttpRequest) -> None:
        """Raises Django's RejectRequest."""
        is_sent = TOKEN_FIELD in request.POST or settings.CSRF_HEADER_NAME in request.META
        if is_sent or not comes_from_this_site(request):
            super()._check_token(request)  # type: ignore[misc]  # the stubs leave it out


def comes_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says so. No script of another site can write these two headers.

    Sec-Fetch-Site has the last word, also over subdomains, which are other origins. Browsers from before 2023 send only
    Origin; Django has compared it with this host by then, and "null" is no origin.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    scheme = "https" if request.is_secure() else "http"
    return request.headers.get("Origin") == f"{scheme}://{request.get_host()}"
