"""The first page: search, what is in season, and how the marketplace works for each kind of people."""

from __future__ import annotations

from content.models.base import LandingPage


class HomePage(LandingPage):
    max_count = 1  # type: ignore[assignment]  # Wagtail has no types: its default is read as None alone
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.GuideIndexPage",
        "content.NewsIndexPage",
        "content.ProvinceIndexPage",
        "content.TrustPage",
    ]
    search_fields = LandingPage.search_fields
    template = "content/home_page.html"
