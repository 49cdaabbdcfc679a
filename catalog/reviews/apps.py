"""Reviews by buyers; Oscar's app of that label stays what it is (docs/adr/0045)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuyersReviewsConfig(AppConfig):
    name = "catalog.reviews"
    label = "buyers_reviews"

    def ready(self) -> None:
        from accounts.workspaces import register
        from catalog.reviews.selectors import reviews_received

        register(_("Reviews by buyers"), "reviews:received", lambda user, now: reviews_received(user, now).exists())
