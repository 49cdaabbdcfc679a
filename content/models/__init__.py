"""Pages that editors write."""

from content.models.guide import GuideIndexPage, GuidePage
from content.models.home import HomePage
from content.models.news import NewsIndexPage, NewsPage
from content.models.province import ProvinceIndexPage, ProvincePage
from content.models.trust import OperatorFacts, TrustKind, TrustPage

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OperatorFacts",
    "ProvinceIndexPage",
    "ProvincePage",
    "TrustKind",
    "TrustPage",
]
