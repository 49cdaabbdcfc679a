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
        from catalog.access import listings_to_check, revisions_to_check
        from catalog.listing import receivers
        from catalog.signals import photo_failed
        from households.access import households_to_draft_for
        from households.signals import account_closed

        photo_failed.connect(receivers.on_photo_failed, dispatch_uid="listing.photo_failed")
        account_closed.connect(receivers.on_account_closed, dispatch_uid="listing.account_closed")
        register(
            _("Listings"),
            "listing:mine",
            lambda user, now: households_to_draft_for(user, now).exists(),
        )
        register(
            _("Listings to check"),
            "listing:to_check",
            lambda user, now: listings_to_check(user, now).exists() or revisions_to_check(user, now).exists(),
        )
        register(_("Listings on sale"), "listing:moderate", lambda user, now: is_operator(user))
