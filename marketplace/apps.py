"""The composition of the site: its checks and its commands; the apps stand beside it."""

from __future__ import annotations

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        from marketplace import checks  # noqa: F401  # registers them
