"""The visitor's basket, found only when a page asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from oscar.apps.basket.middleware import BasketMiddleware as CoreBasketMiddleware

COUNT_COOKIE = "gio_hang_so"


class BasketMiddleware(CoreBasketMiddleware):
    """Oscar's, without its price strategy and offers: a page that does not touch ``request.basket`` costs no query.

    A guest's basket hangs on a signed cookie; signing in merges it into the person's own. How many goods are in the
    basket is kept in a second cookie for the header, which so needs no query at all.
    """

    def __call__(self, request: Any) -> HttpResponseBase:
        request.cookies_to_delete = []
        request._basket_cache = None
        request.basket = SimpleLazyObject(lambda: self.get_basket(request))
        response: HttpResponseBase = self.process_response(request, self.get_response(request))
        count = getattr(request, "basket_count", None)
        if count is not None:
            response.set_cookie(
                COUNT_COOKIE,
                str(count),
                max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
                secure=settings.OSCAR_BASKET_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Oscar would put the basket into every page's context."""
        return response
