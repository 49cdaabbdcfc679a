"""A household's listings: drafted, checked, published, taken down."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListingConfig(AppConfig):
    name = "catalog.listing"
    label = "listing"

    def ready(self) -> None:
        from accounts.access import is_operator
        from accounts.workspaces import register
        from catalog.access import listings_to_check
        from households.access import households_to_draft_for

        register(
            _("Listings"),
            "listing:mine",
            lambda user, now: households_to_draft_for(user, now).exists(),
        )
        register(_("Listings to check"), "listing:to_check", lambda user, now: listings_to_check(user, now).exists())
        register(_("Listings on sale"), "listing:moderate", lambda user, now: is_operator(user))
