"""Guides: short instructions, each written for one kind of people."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from content.choices import Audience
from content.models.base import BilingualPage, ReadingPage


class GuideIndexPage(BilingualPage):
    max_count = 1  # type: ignore[assignment]  # Wagtail has no types: its default is read as None alone
    subpage_types = ["content.GuidePage"]
    search_fields = BilingualPage.search_fields

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        guides = list(GuidePage.objects.child_of(self).live().order_by("path"))
        shelves = [(audience, [g for g in guides if g.audience == audience]) for audience in Audience]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"shelves": [s for s in shelves if s[1]]}


class GuidePage(ReadingPage):
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices)

    parent_page_types = ["content.GuideIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*ReadingPage.search_fields, index.FilterField("audience")]
    content_panels = [*BilingualPage.content_panels, FieldPanel("audience"), *ReadingPage.content_panels[-2:]]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"others": self.others()}

    def others(self) -> QuerySet[GuidePage]:
        """The other guides for the same people."""
        guides: QuerySet[GuidePage] = GuidePage.objects.live()
        return guides.filter(audience=self.audience).exclude(pk=self.pk).order_by("path")
