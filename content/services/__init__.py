"""Building the site that comes with the project."""

from content.services.tree import build_site
from content.services.trust import build_trust_pages, publish_trust_pages

__all__ = ["build_site", "build_trust_pages", "publish_trust_pages"]
