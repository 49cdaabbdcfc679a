"""Where the branches of the site stand; templates and selectors link there without asking the page tree."""

from __future__ import annotations

GUIDES = "huong-dan"
NEWS = "tin-tuc"
PROVINCES = "tinh"


def province_path(slug: str) -> str:
    return f"/{PROVINCES}/{slug}/"


def category_path(slug: str, category_id: int) -> str:
    """The category page is the search app's, above this one."""
    return f"/danh-muc/{slug}_{category_id}/"
