"""One way to cut a list into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that ``?page=`` asks for; a number that is none, or too high, gives the nearest page.

    ``page.paginator.count`` is the number of all rows.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def second_page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """The same by ``?page2=``, for the second list of a page: each list turns its leaves alone."""
    return Paginator(rows, per_page).get_page(request.GET.get("page2"))
