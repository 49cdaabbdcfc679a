"""Pages that editors write."""

from content.models.guide import GuideIndexPage, GuidePage
from content.models.home import HomePage
from content.models.news import NewsIndexPage, NewsPage
from content.models.province import ProvinceIndexPage, ProvincePage

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProvinceIndexPage",
    "ProvincePage",
]
