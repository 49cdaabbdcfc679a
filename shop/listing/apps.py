"""A household's listings: drafted, checked, published, taken down."""

from __future__ import annotations

from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "shop.listing"
    label = "listing"
