"""The composition of the site: its checks and its commands; the apps stand beside it."""

from __future__ import annotations

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        from accounts.workspaces import register_notices
        from marketplace import checks, watchdog  # noqa: F401  # registers the checks

        watchdog.watch_tasks()
        register_notices(watchdog.notices_for)
