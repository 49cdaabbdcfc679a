"""What buyers see of a household: its products and its storefront."""

from __future__ import annotations

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "catalog.storefront"
    label = "storefront"
