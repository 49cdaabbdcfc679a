"""What all our page types share: two languages, and live listings read together."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from content.blocks import landing_blocks, reading_blocks
from content.language import local
from content.showcase import Section, sections_of


class BilingualPage(Page):
    """A page with an English title and summary beside the Vietnamese ones."""

    title_en = models.CharField(_("English title"), max_length=255, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    summary_en = models.CharField(_("English summary"), max_length=300, blank=True)

    show_in_menus_default = False
    # Wagtail's own search serves editors; buyers find pages through the search app, which asks `search_text`.
    search_fields = [
        *Page.search_fields,
        index.SearchField("title_en"),
        index.SearchField("summary"),
        index.SearchField("summary_en"),
    ]
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("title_en"),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("summary_en")], heading=_("summary")),
    ]

    class Meta:
        abstract = True

    @property
    def local_title(self) -> str:
        return local(self.title, self.title_en)

    @property
    def local_summary(self) -> str:
        return local(self.summary, self.summary_en)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Those of this page and of the pages above it, told by the path: one query where Wagtail takes two."""
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return (
            PageViewRestriction.objects.filter(page__path__in=above).select_related("page").prefetch_related("groups")
        )

    def search_text(self) -> str:
        """What a reader may find the page by."""
        return " ".join(filter(None, [self.title, self.title_en, self.summary, self.summary_en]))


class ReadingPage(BilingualPage):
    """A page to read: a body in Vietnamese, and in English where somebody wrote one."""

    body = StreamField(reading_blocks(), verbose_name=_("text"), blank=True)
    body_en = StreamField(reading_blocks(), verbose_name=_("English text"), blank=True)

    search_fields = [*BilingualPage.search_fields, index.SearchField("body"), index.SearchField("body_en")]
    content_panels = [*BilingualPage.content_panels, FieldPanel("body"), FieldPanel("body_en")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = {"sections": self.sections(), "only_in_vietnamese": local(False, not self.body_en)}
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | sections

    def sections(self) -> list[Section]:
        return sections_of(local(self.body, self.body_en), timezone.now())


class LandingPage(BilingualPage):
    """A page of parts that each carry both languages."""

    body = StreamField(landing_blocks(), verbose_name=_("parts"), blank=True)

    search_fields = [*BilingualPage.search_fields, index.SearchField("body")]
    content_panels = [*BilingualPage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"sections": sections_of(self.body, timezone.now())}
