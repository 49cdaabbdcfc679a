"""A page for each province: it points at the place; listings, seasons and households come from there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from catalog.storefront.places import communes_with_goods
from content.models.base import BilingualPage, ReadingPage
from content.selectors import (
    current_provinces,
    listings_of_province,
    province_links,
    seasonal_calendar,
    sellers_of_province,
)
from households.models.place import Region

MAX_LISTINGS = 24
MAX_HOUSEHOLDS = 12


class ProvinceIndexPage(BilingualPage):
    max_count = 1  # type: ignore[assignment]  # Wagtail has no types: its default is read as None alone
    subpage_types = ["content.ProvincePage"]
    search_fields = BilingualPage.search_fields

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        provinces = list(current_provinces())
        regions = [(region, [p for p in provinces if p.region == region]) for region in Region]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"regions": regions, "selling": province_links()}


class ProvincePage(ReadingPage):
    province = models.OneToOneField("households.Province", models.PROTECT, related_name="+")

    parent_page_types = ["content.ProvinceIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*ReadingPage.search_fields, index.FilterField("province_id")]
    content_panels = [*BilingualPage.content_panels, FieldPanel("province"), *ReadingPage.content_panels[-2:]]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        code = self.province_id
        return super().get_context(request, *args, **kwargs) | {
            "cards": listings_of_province(code, timezone.now(), MAX_LISTINGS),
            "calendar": seasonal_calendar(code),
            "sellers": sellers_of_province(code, MAX_HOUSEHOLDS),
            "communes": communes_with_goods(code),
        }
