"""What the editor at /noi-dung/ offers beyond Wagtail's own."""

from __future__ import annotations

from wagtail import hooks

from content.choosers import ListingChooser, listing_chooser


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail has no types
def offer_the_listing_chooser() -> ListingChooser:
    return listing_chooser
