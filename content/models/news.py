"""News of the marketplace, newest first."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from content.models.base import BilingualPage, ReadingPage
from core.paging import page_of

PER_PAGE = 12


class NewsIndexPage(BilingualPage):
    max_count = 1  # type: ignore[assignment]  # Wagtail has no types: its default is read as None alone
    subpage_types = ["content.NewsPage"]
    search_fields = BilingualPage.search_fields

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news = NewsPage.objects.child_of(self).live().order_by("-published_date", "-pk")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"page_obj": page_of(request, news, per_page=PER_PAGE)}


class NewsPage(ReadingPage):
    published_date = models.DateField(_("date"))

    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*ReadingPage.search_fields, index.FilterField("published_date")]
    content_panels = [
        *BilingualPage.content_panels,
        FieldPanel("published_date"),
        *ReadingPage.content_panels[-2:],
    ]
