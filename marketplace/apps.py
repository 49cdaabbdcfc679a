"""The composition of the site: its checks and its commands; the apps stand beside it."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        from accounts.workspaces import register_notices
        from catalog.signals import stock_moved
        from marketplace import checks, watchdog  # noqa: F401  # registers the checks
        from marketplace.page_generations import note_moved_stock, watch_writes

        connection_created.connect(watch_writes, dispatch_uid="generations of pages")
        stock_moved.connect(note_moved_stock, dispatch_uid="generations of pages of listings")

        watchdog.watch_tasks()
        register_notices(watchdog.notices_for)
