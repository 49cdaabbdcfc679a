"""Building the site that comes with the project."""

from content.services.tree import build_site

__all__ = ["build_site"]
