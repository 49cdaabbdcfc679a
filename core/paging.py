"""One way to cut a list into pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, rows: QuerySet[Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that ``?page=`` asks for; a number that is none, or too high, gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
